/** Which tables are handed out in open formats, which of their columns, and to whom? */
import type { Tables } from './schema.ts';

/** A table as it is handed out. Its columns keep their names, their order and, but for those named here, their values. */
export interface DataSet {
  /** Columns that hold an instant: written as `2026-01-12T08:00:00.000Z`. */
  readonly instants: readonly string[];
  /** Columns that hold the id of a metric: written as its key. */
  readonly metrics?: readonly string[];
  /** Columns of text that is JSON. */
  readonly json?: readonly string[];
  /** Columns that are never handed out. */
  readonly leaves?: readonly string[];
  /**
   * Columns only people with a role in the pilot and the programme office get; `all` keeps the whole table for them. Null
   * for a table that is not about one pilot: it is handed out with the whole workspace only.
   */
  readonly confidential: readonly string[] | 'all' | null;
  /** Rows nobody has been told of yet: in no file for a person. */
  readonly untold?: (row: Readonly<Record<string, unknown>>) => boolean;
}

/** A table that is not handed out, and why. */
export interface KeptBack {
  readonly keptBack: string;
}

/** Every table; a new one does not compile until it stands here. */
export const EXPORT_SETS: { readonly [Name in keyof Tables]: DataSet | KeptBack } = {
  workspaces: { instants: ['installedAt', 'uninstalledAt'], confidential: null },
  people: { instants: ['refreshedAt'], confidential: null },
  pilots: {
    instants: ['pausedSince', 'createdAt', 'deletedAt', 'watchedSince', 'releasedAt'],
    confidential: [],
  },
  watched: { instants: ['at'], leaves: ['dedupeKey'], confidential: 'all' },
  roles: { instants: ['since', 'until'], confidential: [] },
  sponsorAnswers: { instants: ['at'], confidential: 'all' },
  charterVersions: {
    instants: ['askedAt', 'answeredAt', 'frozenAt'],
    confidential: ['note', 'reason'],
  },
  metrics: { instants: [], confidential: [] },
  criteria: { instants: [], metrics: ['metric'], confidential: [] },
  observations: { instants: ['recordedAt'], metrics: ['metric'], confidential: [] },
  tokens: {
    instants: ['createdAt', 'expiresAt', 'lastUsedAt', 'revokedAt'],
    leaves: ['digest'],
    confidential: 'all',
  },
  setAside: { instants: ['receivedAt', 'resolvedAt'], confidential: 'all' },
  metricNames: { instants: ['setAt'], metrics: ['metric'], confidential: 'all' },
  checkIns: { instants: ['submittedAt'], confidential: ['ask'] },
  checkInLog: { instants: ['at'], confidential: 'all' },
  blockers: { instants: ['raisedAt', 'newsAt', 'closedAt'], confidential: [] },
  pauses: { instants: ['since', 'until'], confidential: [] },
  preferences: { instants: ['setAt'], confidential: null },
  looks: { instants: ['at'], confidential: 'all' },
  cases: { instants: ['openedAt', 'closedAt'], confidential: 'all' },
  caseCopies: { keptBack: 'Who was asked, and when, stands in the logbook.' },
  decisions: {
    instants: ['at', 'effectiveAt', 'askedAt'],
    // A sponsor's reason is for those who work on the pilot; channels hear the decision.
    confidential: ['reason', 'details', 'seen'],
    untold: (row) => row['state'] !== 'done',
  },
  conditions: { instants: ['clearedAt'], confidential: [] },
  stallSettings: { instants: ['setAt'], confidential: null },
  follows: { instants: ['since'], confidential: 'all' },
  outbox: { keptBack: 'What is said stands in Slack, and why it was said in the logbook.' },
  messages: { keptBack: 'It says where in Slack the copies of a card are.' },
  seen: { keptBack: 'It only keeps the app from doing something twice.' },
  schedules: { instants: ['nextAt', 'setAt'], leaves: ['leaseUntil', 'fence'], confidential: null },
  logbookHeads: { instants: [], confidential: null },
  logbook: {
    instants: ['at'],
    json: ['body', 'personal'],
    leaves: ['salt'],
    confidential: ['actor', 'personal'],
    // What was decided stands in an entry of its own, made when it takes effect.
    untold: (row) => row['kind'] === 'decision_taken' || row['kind'] === 'decision_undone',
  },
};
