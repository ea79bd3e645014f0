/** How does an entry become the next link of its workspace's chain? */

import { hash } from 'node:crypto';
import {
  canonicalText,
  commitmentText,
  type EntryFacts,
  entryText,
  firstLink,
  type LogbookDraft,
} from '../core/logbook.ts';
import type { Guard, Log, Statement } from './database.ts';
import type { Tables } from './schema.ts';

/** The newest link of a workspace's chain. */
export interface Head {
  readonly n: number;
  readonly hash: string;
}

/** A row of the logbook. */
export type LogbookRow = Tables['logbook']['$inferSelect'];

/** The head of a chain without entries. */
export const emptyHead: Head = { n: 0, hash: firstLink };

/** SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text);
}

/** The hash an entry must carry. */
export function entryHash(entry: EntryFacts): string {
  return sha256(entryText(entry));
}

/** The row a draft becomes when it follows `head`. */
function seal(workspace: string, head: Head, draft: LogbookDraft, salt: string): LogbookRow {
  const personal = draft.personal === undefined ? null : canonicalText(draft.personal);
  const facts: EntryFacts = {
    workspace,
    n: head.n + 1,
    prev: head.hash,
    at: draft.at,
    kind: draft.kind,
    pilot: draft.pilot,
    actor: draft.actor,
    body: canonicalText(draft.body),
    commitment: sha256(commitmentText(salt, draft.actor, personal)),
  };
  return { ...facts, personal, salt, hash: entryHash(facts) };
}

/** The list of one batch together with where it leaves the chain. */
export interface Batch {
  readonly list: readonly (Statement | Guard)[];
  readonly head: Head;
}

/**
 * Builds a batch on top of `head`.
 *
 * @param insert makes the statement that writes one row of the logbook
 * @throws {TypeError} when an entry was asked for but not put in the list in that order, or the list is not a list
 */
export function buildBatch(parts: {
  workspace: string;
  head: Head;
  salt: () => string;
  insert: (row: LogbookRow) => Statement;
  build: (log: Log) => readonly (Statement | Guard)[];
}): Batch {
  let head = parts.head;
  const entries: Statement[] = [];
  const list = parts.build((draft) => {
    const row = seal(parts.workspace, head, draft, parts.salt());
    head = row;
    const statement = parts.insert(row);
    entries.push(statement);
    return statement;
  });
  if (!Array.isArray(list)) throw new TypeError('A batch is built synchronously and is a list of statements');
  const asked = new Set(entries);
  const listed = list.filter((entry): entry is Statement => !isGuard(entry) && asked.has(entry));
  if (listed.length !== entries.length || listed.some((entry, i) => entry !== entries[i])) {
    throw new TypeError('Every logbook entry asked for must stand in the list once, in the order of asking');
  }
  return { list, head: { n: head.n, hash: head.hash } };
}

/** Whether an item of a batch must touch a row. */
export function isGuard(item: Statement | Guard): item is Guard {
  return 'guarded' in item;
}
