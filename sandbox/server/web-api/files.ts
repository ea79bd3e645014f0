/** How do apps upload files and share them? */
import { announceMessage } from '../happenings.ts';
import { codePoints, isObject, type JsonObject, textAt } from '../json.ts';
import { fileLimits } from '../limits.ts';
import { completeFile, describeFile, reserveFile } from '../world/files.ts';
import { addMessage, authoredByApp } from '../world/messages.ts';
import type { Channel, StoredFile } from '../world/workspace.ts';
import { refuse, refuseArguments } from './answer.ts';
import { invalid, listArgument, requiredText, structuredArgument, textArgument } from './arguments.ts';
import { timestampArgument } from './find.ts';
import { readMessage } from './message-arguments.ts';
import type { Call, Methods } from './method.ts';

/** Methods about files. */
export const fileMethods: Methods = {
  'files.getUploadURLExternal': {
    scopes: ['files:write'],
    tier: 4,
    json: false,
    required: ['filename', 'length'],
    optional: ['snippet_type', 'alt_txt', 'alt_text'],
    handle(call) {
      const length = Number(requiredText(call.args, 'length'));
      if (!Number.isInteger(length) || length < 1)
        refuseArguments('must be greater than 0 [json-pointer:/length]');
      const altText = textArgument(call.args, 'alt_txt') ?? textArgument(call.args, 'alt_text') ?? '';
      if (codePoints(altText) > fileLimits.altText) refuse('alt_txt_too_large');
      const name = requiredText(call.args, 'filename');
      const { file, path } = reserveFile(call.parts.workspace, call.app, name, length, altText);
      return { upload_url: `${call.parts.url}${path}`, file_id: file.id };
    },
  },
  'files.completeUploadExternal': {
    scopes: ['files:write'],
    tier: 4,
    required: ['files'],
    optional: [
      'channel_id',
      'channels',
      'thread_ts',
      'initial_comment',
      'blocks',
      'username',
      'icon_url',
      'icon_emoji',
    ],
    handle(call) {
      const named = structuredArgument(call.args, 'files');
      if (named === invalid || !Array.isArray(named) || named.length === 0) refuse('file_not_found');
      const files = named.map((entry: unknown) => uploaded(call, entry));
      const channels = shareChannels(call);
      const content =
        call.args['initial_comment'] === undefined && call.args['blocks'] === undefined
          ? { text: '' }
          : readMessage(
              { text: call.args['initial_comment'], blocks: call.args['blocks'] },
              'post',
              call.parts.workspace.ids,
              () => undefined,
            );
      for (const file of files) completeFile(file, channels);
      // Slack shares uploads in the background: the answer comes first and knows no message.
      call.afterwards(() => Promise.all(channels.map((channel) => share(call, channel, files, content))));
      return { files: files.map((file) => describeFile(call.parts, file)) };
    },
  },
  'files.info': {
    scopes: ['files:read'],
    tier: 4,
    json: false,
    required: ['file'],
    optional: ['count', 'cursor', 'limit', 'page'],
    handle(call) {
      const file = call.parts.workspace.files.get(requiredText(call.args, 'file'));
      if (file === undefined || !file.completed) refuse('file_not_found');
      const shared = [...file.channels].some((id) =>
        call.parts.workspace.channels.get(id)?.members.has(call.app.botUserId),
      );
      if (file.appId !== call.app.id && !shared) refuse('not_visible');
      return { file: describeFile(call.parts, file), comments: [], response_metadata: { next_cursor: '' } };
    },
  },
};

function uploaded(call: Call, entry: unknown): StoredFile {
  const id = isObject(entry) ? textAt(entry['id']) : '';
  const file = call.parts.workspace.files.get(id);
  if (file === undefined || file.appId !== call.app.id || file.content === null) refuse('file_not_found');
  const title = isObject(entry) ? textAt(entry['title']) : '';
  if (title !== '') file.title = title;
  return file;
}

function shareChannels(call: Call): Channel[] {
  const one = textArgument(call.args, 'channel_id');
  const ids = one === undefined ? listArgument(call.args, 'channels') : [one];
  if (ids.length > fileLimits.shareChannels) refuse('channels_limit_exceeded');
  return ids.map((id) => {
    const channel = call.parts.workspace.channels.get(id);
    if (channel === undefined) refuse('channel_not_found');
    if (!channel.members.has(call.app.botUserId)) {
      refuse(channel.isPrivate ? 'channel_not_found' : 'not_in_channel');
    }
    return channel;
  });
}

function share(
  call: Call,
  channel: Channel,
  files: readonly StoredFile[],
  content: { text?: string; blocks?: JsonObject[] },
): Promise<unknown> {
  const thread = timestampArgument(call, 'thread_ts', 'invalid_thread_ts');
  const message = addMessage(call.parts.workspace, channel, {
    ...authoredByApp(call.parts.workspace, call.app),
    ...content,
    text: content.text ?? '',
    subtype: 'file_share',
    files: files.map((file) => describeFile(call.parts, file)),
    upload: true,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  });
  return announceMessage(call.parts, channel, message);
}
