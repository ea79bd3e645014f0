/** What does a pilot look like to the rules: in draft, asked, signed, with values? Sample data. */
import type { CharterFields } from '../../src/core/charter.ts';
import type { Holders, Pilot } from '../../src/core/pilot.ts';
import type {
  CharterVersion,
  Criterion,
  Metric,
  PilotFacts,
  RecordedValue,
} from '../../src/core/pilot-facts.ts';

/** Thursday, 1 January 2026, 9:00 in Berlin. */
export const NEW_YEAR = Date.UTC(2026, 0, 1, 8);
const DAY_MS = 86_400_000;

/** 9:00 in Berlin in winter, a number of days after 1 January 2026. */
export const daysLater = (days: number): number => NEW_YEAR + days * DAY_MS;

/** A pilot nobody has been asked about. */
const aPilot = (over: Partial<Pilot> = {}): Pilot => ({
  id: 'P1',
  workspace: 'T1',
  key: 'claims-triage',
  name: 'Claims triage',
  stage: 'select',
  pausedSince: null,
  watchedSince: null,
  releasedAt: null,
  visibility: 'workspace',
  channel: 'C0CLAIMS001',
  unit: 'Claims',
  revision: 1,
  createdAt: NEW_YEAR,
  createdBy: 'U0ANA000001',
  ...over,
});

/** Everything is written. */
export const someFields = (over: Partial<CharterFields> = {}): CharterFields => ({
  outcome: 'A claim costs €12.50 or less by April; now €18.40',
  problem: 'Handlers read every claim twice.',
  start: '2026-01-05',
  decision: '2026-04-05',
  rollback: 'The old queue is one switch away.',
  budget: null,
  note: null,
  ...over,
});

/** Nothing is written. */
export const NO_FIELDS: CharterFields = {
  outcome: null,
  problem: null,
  start: null,
  decision: null,
  rollback: null,
  budget: null,
  note: null,
};

/** The first version, in draft. */
export const aVersion = (over: Partial<CharterVersion> = {}): CharterVersion => ({
  id: `V${over.n ?? 1}`,
  n: 1,
  status: 'draft',
  fields: someFields(),
  askedAt: null,
  askedBy: null,
  answeredAt: null,
  answeredBy: null,
  reason: null,
  hash: null,
  resultsKnown: false,
  revision: 1,
  ...over,
});

/** Priya signed it on 4 January. */
export const signedVersion = (over: Partial<CharterVersion> = {}): CharterVersion =>
  aVersion({
    status: 'signed',
    askedAt: daysLater(1),
    askedBy: 'U0ANA000001',
    answeredAt: daysLater(3),
    answeredBy: 'U0PRIYA0001',
    hash: 'a'.repeat(64),
    ...over,
  });

/** Cost per claim, every week. */
export const aMetric = (over: Partial<Metric> = {}): Metric => ({
  id: 'M1',
  key: 'cost-per-claim',
  name: 'Cost per claim',
  unit: 'EUR/claim',
  cadence: 'week',
  reporter: null,
  source: 'typed',
  ...over,
});

/** €12.50 or less by 29 March, now €18.40; judged on the latest value and without waiting for an effect. */
export const aCriterion = (over: Partial<Criterion> = {}): Criterion => ({
  id: `K${over.position ?? 1}`,
  lineage: `K${over.position ?? 1}`,
  version: 1,
  position: 1,
  metric: 'M1',
  measures: 'business',
  kind: 'at_most',
  role: 'required',
  baseline: '18.40',
  baselineKnownBy: null,
  target: '12.50',
  targetHigh: null,
  deadline: '2026-03-29',
  firstEffect: null,
  agg: 'latest',
  aggWindow: 1,
  percentile: null,
  sustain: 1,
  minN: 0,
  minPeriods: 1,
  minTrust: 0,
  margin: '0',
  budget: null,
  closingDays: 5,
  mode: 'deadline',
  tolerance: '0.1',
  rates: null,
  ...over,
});

/** €15.10 in the week of 5 January. */
export const aValue = (over: Partial<RecordedValue> = {}): RecordedValue => ({
  id: `O-${over.periodEnd ?? '2026-01-12'}`,
  metric: 'M1',
  periodStart: '2026-01-05',
  periodEnd: '2026-01-12',
  value: '15.10',
  num: null,
  den: null,
  raw: null,
  n: null,
  unit: 'EUR/claim',
  trust: 0,
  recordedAt: daysLater(11),
  recordedBy: 'U0ANA000001',
  source: 'typed',
  reason: null,
  withdrawn: false,
  ...over,
});

/** Who holds which role in the samples. */
export const HOLDERS: Holders = {
  owner: 'U0ANA000001',
  sponsor: 'U0PRIYA0001',
  production_owner: 'U0OMAR00001',
};

/** Names for the ids of the samples. */
export const NAMES: ReadonlyMap<string, string> = new Map([
  ['U0ANA000001', 'Ana Costa'],
  ['U0PRIYA0001', 'Priya Shah'],
  ['U0OMAR00001', 'Omar Haddad'],
]);

/** What may be said about a pilot; the rest follows from it. */
export interface FactsOver extends Partial<Omit<PilotFacts, 'pilot'>> {
  readonly pilot?: Partial<Pilot>;
}

/** A draft with one criterion and everything in place, unless said otherwise. */
export function someFacts({ pilot, ...over }: FactsOver = {}): PilotFacts {
  const charter = over.charter ?? aVersion();
  const itself = charter.status === 'signed' ? charter : null;
  const signed = over.signed === undefined ? itself : over.signed;
  return {
    pilot: aPilot(pilot),
    holders: HOLDERS,
    charter,
    signed,
    versions: signed === null || signed.id === charter.id ? [charter] : [signed, charter],
    everAsked: charter.askedAt !== null || signed !== null,
    metrics: [aMetric()],
    criteria: [aCriterion({ version: charter.n })],
    ...over,
  };
}

/** Signed on 4 January and being built. */
export const signedFacts = (over: FactsOver = {}): PilotFacts =>
  someFacts({ charter: signedVersion(), ...over, pilot: { stage: 'build', ...over.pilot } });
