/** What do rows look like that are good enough to be written? */

import type { LogbookDraft } from '../../src/core/logbook.ts';
import type { Tables } from '../../src/db/schema.ts';

type Row<Name extends keyof Tables> = Tables[Name]['$inferInsert'];

/** A workspace, T1 unless said otherwise. */
export const aWorkspace = (over: Partial<Row<'workspaces'>> = {}): Row<'workspaces'> => ({
  id: 'T1',
  name: 'Acme',
  timezone: 'Europe/Berlin',
  botUser: 'UBOT',
  installedAt: 1_700_000_000_000,
  settings: {},
  ...over,
});

/** A person of T1. */
export const aPerson = (over: Partial<Row<'people'>> = {}): Row<'people'> => ({
  workspace: 'T1',
  id: 'U1',
  name: 'anna',
  realName: 'Anna Arens',
  timezone: 'Europe/Berlin',
  isBot: false,
  isDeactivated: false,
  isGuest: false,
  isExternal: false,
  isAdmin: false,
  refreshedAt: 1_700_000_000_000,
  quiet: null,
  ...over,
});

/** A pilot of T1 in selection. */
export const aPilot = (over: Partial<Row<'pilots'>> = {}): Row<'pilots'> => ({
  workspace: 'T1',
  id: 'P1',
  key: 'claims-triage',
  name: 'Claims triage',
  stage: 'select',
  visibility: 'workspace',
  businessUnit: 'Claims',
  revision: 1,
  createdAt: 1_700_000_000_000,
  createdBy: 'U1',
  ...over,
});

/** The first draft of P1's charter. */
export const aCharter = (over: Partial<Row<'charterVersions'>> = {}): Row<'charterVersions'> => ({
  workspace: 'T1',
  id: 'V1',
  pilot: 'P1',
  n: 1,
  status: 'draft',
  fields: {},
  resultsKnown: false,
  revision: 1,
  ...over,
});

/** A weekly metric of P1. */
export const aMetric = (over: Partial<Row<'metrics'>> = {}): Row<'metrics'> => ({
  workspace: 'T1',
  id: 'M1',
  pilot: 'P1',
  key: 'handling-time',
  name: 'Handling time',
  unit: 'min',
  cadence: 'week',
  source: 'slack',
  ...over,
});

/** A value of M1 for one week of January 2026. */
export const anObservation = (over: Partial<Row<'observations'>> = {}): Row<'observations'> => ({
  workspace: 'T1',
  id: 'O1',
  pilot: 'P1',
  metric: 'M1',
  periodStart: '2026-01-05',
  periodEnd: '2026-01-12',
  value: '12.50',
  unit: 'min',
  source: 'slack',
  trust: 2,
  recordedAt: 1_768_200_000_000,
  withdrawn: false,
  ...over,
});

/** A message of T1 that is ready to be sent. */
export const anOutboxRow = (over: Partial<Row<'outbox'>> = {}): Row<'outbox'> => ({
  workspace: 'T1',
  id: 'X1',
  kind: 'card',
  subject: 'P1',
  version: 1,
  addressee: 'user:U1',
  details: {},
  dedupeKey: over.id ?? 'X1',
  notBefore: 0,
  state: 'ready',
  attempts: 0,
  fence: 0,
  createdAt: 0,
  ...over,
});

/** An entry for the logbook, by U1. */
export const anEntry = (over: Partial<LogbookDraft> = {}): LogbookDraft => ({
  at: 1_768_200_000_000,
  kind: 'noted',
  pilot: null,
  actor: 'user:U1',
  body: { what: 'something' },
  ...over,
});
