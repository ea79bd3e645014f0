/** Which words of a forgotten person are erased, and which rows are only about one person? */
import { ERASED } from '../core/forgotten.ts';
import type { Tables } from './schema.ts';

/** Words somebody wrote: the column they stand in, the column that says who wrote them, what is left of them. */
export interface OwnWords {
  readonly words: string;
  readonly by: string;
  readonly left: string | null;
}

/** Words inside a JSON column, by the names they stand under. */
export interface OwnMembers {
  readonly json: string;
  readonly members: readonly string[];
  /** Who wrote them; without it, they are erased where they say the person's name. */
  readonly by?: string;
}

/** Words whose author stands on another row. */
export interface WordsBeside {
  readonly words: string;
  /** The column that refers to that row by its id. */
  readonly through: string;
  readonly of: keyof Tables;
  readonly by: string;
  readonly left: string;
}

/**
 * What becomes of a table's rows. Whatever stands here, ids are taken out of every column of every table, and words out of JSON
 * objects that say whose they are.
 */
export interface ForgetRule {
  readonly words?: readonly OwnWords[];
  readonly inside?: readonly OwnMembers[];
  readonly beside?: readonly WordsBeside[];
  /** Columns by which a row is about one person alone: it is deleted when one of them names them. */
  readonly about?: readonly string[];
  /** The record that only grows has a way of its own. */
  readonly isRecord?: boolean;
}

/** Every table; a new one does not compile until it stands here. */
export const FORGET_RULES: { readonly [Name in keyof Tables]: ForgetRule } = {
  workspaces: {},
  people: { about: ['id'] },
  pilots: {},
  // What would have been said to somebody.
  watched: { about: ['addressee'] },
  roles: {},
  sponsorAnswers: { words: [{ words: 'reason', by: 'by', left: null }] },
  charterVersions: {
    words: [
      { words: 'note', by: 'askedBy', left: null },
      { words: 'reason', by: 'answeredBy', left: null },
    ],
  },
  metrics: {},
  criteria: {},
  observations: { words: [{ words: 'reason', by: 'recordedBy', left: null }] },
  tokens: {},
  setAside: { words: [{ words: 'reason', by: 'resolvedBy', left: null }] },
  metricNames: {},
  checkIns: { words: [{ words: 'ask', by: 'submittedBy', left: null }] },
  checkInLog: { about: ['person'] },
  blockers: { words: [{ words: 'words', by: 'raisedBy', left: ERASED }] },
  pauses: { words: [{ words: 'reason', by: 'setBy', left: ERASED }] },
  preferences: { about: ['person'] },
  follows: { about: ['person'] },
  looks: {},
  cases: {},
  caseCopies: { about: ['person'] },
  decisions: {
    words: [{ words: 'reason', by: 'by', left: null }],
    inside: [
      { json: 'details', members: ['words', 'shown'], by: 'by' },
      // The card the decider saw, with names and what the owner had said.
      { json: 'details', members: ['shown'] },
    ],
  },
  conditions: {
    beside: [{ words: 'words', through: 'decision', of: 'decisions', by: 'by', left: ERASED }],
  },
  stallSettings: {},
  // What was said to somebody, or is about to be: nobody else reads it.
  outbox: { about: ['addressee'] },
  messages: { about: ['reader', 'subject'] },
  seen: { about: ['id'] },
  schedules: { about: ['subject'] },
  logbookHeads: { isRecord: true },
  logbook: { isRecord: true },
};
