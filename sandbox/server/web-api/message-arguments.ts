/** Is this a message Slack would take, and what does it store of it? */
import { checkAttachments, checkBlocks, onlyOneTable, textInBlocks } from '../block-kit/check.ts';
import { fillIn } from '../block-kit/fill-in.ts';
import { refusalMessages } from '../block-kit/problems.ts';
import type { Ids } from '../ids.ts';
import { codePoints, isObject, type JsonObject, objectsAt } from '../json.ts';
import { messageLimits } from '../limits.ts';
import { refuse } from './answer.ts';
import { type Arguments, invalid, structuredArgument, textArgument } from './arguments.ts';

/** What a message consists of; what was not given is not there. */
export interface MessageContent {
  text?: string;
  blocks?: JsonObject[];
  attachments?: JsonObject[];
  /** null removes it. */
  metadata?: JsonObject | null;
}

/** What Slack shows where a message has blocks and no text. */
export const missingText = "This content can't be displayed.";

/**
 * Reads and checks text, blocks, attachments and metadata.
 * @param kind an update may leave parts out and has a shorter text
 * @param warn notes what Slack accepts but a reader would regret
 * @throws Refusal with Slack's codes for what is wrong
 */
export function readMessage(
  args: Arguments,
  kind: 'post' | 'update',
  ids: Ids,
  warn: (text: string) => void,
): MessageContent {
  const blocks = readBlocks(args, ids);
  const attachments = readAttachments(args, ids);
  const text = readText(args, kind, blocks !== undefined);
  const markdown =
    args['markdown_text'] === undefined ? undefined : fillIn([{ type: 'markdown', text }], ids);
  const shown = blocks ?? markdown;
  const empty = (text ?? '').trim() === '' && (shown ?? []).length === 0 && (attachments ?? []).length === 0;
  if (empty) refuse('no_text');
  const metadata = readMetadata(args);
  const content: MessageContent = {
    ...(text === undefined ? {} : { text: [...text].slice(0, messageLimits.postText).join('') }),
    ...(shown === undefined ? {} : { blocks: shown }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  warnReaders(content, text, warn);
  return content;
}

/** The text, or the Markdown that is given instead. */
function readText(args: Arguments, kind: 'post' | 'update', hasBlocks: boolean): string | undefined {
  const markdown = textArgument(args, 'markdown_text');
  const text = textArgument(args, 'text');
  if (markdown !== undefined && (text !== undefined || hasBlocks)) refuse('markdown_text_conflict');
  if (codePoints(markdown ?? '') > messageLimits.markdownText) refuse('msg_too_long');
  if (kind === 'update' && codePoints(text ?? '') > messageLimits.updateText) refuse('msg_too_long');
  return text ?? markdown;
}

function readBlocks(args: Arguments, ids: Ids): JsonObject[] | undefined {
  const blocks = structuredArgument(args, 'blocks');
  if (blocks === undefined) return undefined;
  if (blocks === invalid || !Array.isArray(blocks)) refuse('invalid_blocks_format');
  const problems = checkBlocks(blocks, 'message');
  if (problems.length > 0) {
    const messages = refusalMessages(problems);
    const tables = problems.some(({ message }) => message === onlyOneTable);
    refuse(tables ? 'invalid_attachments' : 'invalid_blocks', {
      errors: messages,
      response_metadata: { messages },
    });
  }
  if (textInBlocks(objectsAt(blocks)) > messageLimits.blocksText) refuse('msg_blocks_too_long');
  return fillIn(objectsAt(blocks), ids);
}

function readAttachments(args: Arguments, ids: Ids): JsonObject[] | undefined {
  const attachments = structuredArgument(args, 'attachments');
  if (attachments === undefined) return undefined;
  if (attachments === invalid || !Array.isArray(attachments)) refuse('invalid_attachments');
  if (attachments.length > messageLimits.attachments) refuse('too_many_attachments');
  const problems = checkAttachments(attachments);
  if (problems.length > 0) {
    const messages = refusalMessages(problems);
    refuse('invalid_attachments', { errors: messages, response_metadata: { messages } });
  }
  return objectsAt(attachments).map((attachment, index) => ({
    id: index + 1,
    ...attachment,
    ...(Array.isArray(attachment['blocks']) ? { blocks: fillIn(objectsAt(attachment['blocks']), ids) } : {}),
  }));
}

/** Metadata; null removes it, undefined leaves it alone. */
function readMetadata(args: Arguments): JsonObject | null | undefined {
  const metadata = structuredArgument(args, 'metadata');
  if (metadata === undefined) return undefined;
  if (metadata === invalid || !isObject(metadata)) refuse('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return null;
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== 'string' || type === '' || !isObject(payload)) refuse('invalid_metadata_schema');
  if (!Object.values(payload).every(isMetadataValue)) refuse('invalid_metadata_schema');
  if (codePoints(JSON.stringify(metadata)) > messageLimits.metadata) refuse('metadata_too_large');
  return metadata;
}

function isMetadataValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isFlat);
  return isFlat(value);
}

function isFlat(value: unknown): boolean {
  if (!isObject(value)) return isScalar(value);
  return Object.values(value).every(isScalar);
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function warnReaders(content: MessageContent, text: string | undefined, warn: (text: string) => void): void {
  const hasBlocks = (content.blocks ?? []).length > 0;
  if (hasBlocks && (text ?? '').trim() === '') {
    warn('No text beside the blocks: notifications and screen readers have nothing to read.');
  }
  if (codePoints(text ?? '') > messageLimits.updateText) {
    warn(
      `The text is longer than ${messageLimits.updateText} characters: Slack may split it, and an update refuses it.`,
    );
  }
}
