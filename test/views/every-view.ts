/** Which states of every view are there? The same list is drawn with ordinary texts and with hostile ones. */
import { CHARTER_STATUSES, type CharterFields } from '../../src/core/charter.ts';
import type { CriterionProblem } from '../../src/core/define-criterion.ts';
import { digestOf } from '../../src/core/digest.ts';
import { type Evaluation, KINDS, VERDICTS } from '../../src/core/evaluate/index.ts';
import type { Act } from '../../src/core/pilot.ts';
import type { CharterVersion, Criterion, PilotFacts, RecordedValue } from '../../src/core/pilot-facts.ts';
import { type CriterionStanding, type Standing, standingOf } from '../../src/core/standing.ts';
import { weekOfPerson } from '../../src/core/week-of-person.ts';
import type { Owed } from '../../src/core/worklist.ts';
import { message, sentence } from '../../src/slack/blocks.ts';
import type { SlackChannel } from '../../src/slack/courier.ts';
import { digestPreferences, preferences } from '../../src/views/buttons.ts';
import { channelProblem } from '../../src/views/channel-text.ts';
import { criterionProblemText } from '../../src/views/criterion-problem-text.ts';
import { digestDetails, digestMessage } from '../../src/views/digest-text.ts';
import { draftCard } from '../../src/views/draft-card.ts';
import { archivedMessage, goneMessage } from '../../src/views/gone-text.ts';
import { HOLD_LINES, heldLines } from '../../src/views/held-text.ts';
import { owedButton, owedLine } from '../../src/views/owed-text.ts';
import { type CardFacts, pilotCard } from '../../src/views/pilot-card.ts';
import { changedMeanwhile, notAllowed, ownerIsSponsorText, unfitText } from '../../src/views/refusal-text.ts';
import { shortDigest } from '../../src/views/short-digest-text.ts';
import { closedRequest, openRequest } from '../../src/views/sign-request.ts';
import { undeliveredLine, undeliveredMessage } from '../../src/views/undelivered-text.ts';
import type { Shown } from '../support/as-text.ts';
import {
  aCriterion,
  aMetric,
  aValue,
  aVersion,
  daysLater,
  type FactsOver,
  HOLDERS,
  NAMES,
  NO_FIELDS,
  signedFacts,
  signedVersion,
  someFacts,
  someFields,
} from '../support/facts.ts';
import { pressViews } from './press-views.ts';
import { someSaid, stuckViews } from './stuck-views.ts';

/** What people have typed or are called; null leaves the samples' own words. */
export interface Texts {
  /** Stands in the place of every text somebody typed. */
  readonly typed: string | null;
  /** How many criteria and pilots there are where there are many. */
  readonly many: number;
}

const TODAY = '2026-01-20';
const ZONE = 'Europe/Berlin';
/** When the digest of the day before was ordered. */
const YESTERDAY = daysLater(18);

/** Every state of every view, by name. */
export function everyView({ typed, many }: Texts): Record<string, Shown> {
  const say = (words: string) => typed ?? words;
  const names = new Map([...NAMES].map(([id, name]) => [id, say(name)]));
  const fields = (over: Partial<CharterFields> = {}) => {
    const written = someFields(over);
    const text = (value: string | null) => (value === null ? null : say(value));
    return {
      ...written,
      outcome: text(written.outcome),
      problem: text(written.problem),
      rollback: text(written.rollback),
      note: text(written.note),
    };
  };
  const metric = aMetric({ name: say('Cost per claim'), unit: say('EUR/claim') });
  const worded = (over: FactsOver): FactsOver => ({
    metrics: [metric],
    ...over,
    pilot: { name: say('Claims triage'), unit: say('Claims'), ...over.pilot },
  });
  const draft = (charter: Partial<CharterVersion> = {}, over: FactsOver = {}): PilotFacts => {
    const version = aVersion({ fields: fields(), ...charter });
    return someFacts(worded({ charter: version, ...over }));
  };
  const signed = (over: FactsOver = {}): PilotFacts =>
    signedFacts(worded({ charter: signedVersion({ fields: fields() }), ...over }));
  const criteria = (count: number, over: Partial<Criterion> = {}) =>
    Array.from({ length: count }, (_, index) => aCriterion({ position: index + 1, ...over }));
  const values: RecordedValue[] = [
    aValue({ unit: metric.unit }),
    aValue({ periodEnd: '2026-01-19', value: '13.90', unit: metric.unit, recordedAt: daysLater(18) }),
  ];
  const standing = (facts: PilotFacts, rows = values) => standingOf(facts, rows, ZONE, daysLater(19));
  const card = (facts: PilotFacts, over: Partial<CardFacts> = {}): CardFacts => ({
    facts,
    standing: standing(facts),
    names,
    today: TODAY,
    zone: ZONE,
    command: '/pilot',
    ...over,
  });

  const asked = { status: 'asked', askedAt: daysLater(11), askedBy: 'U0ANA000001', revision: 4 } as const;
  const answered = (status: CharterVersion['status'], reason: string | null) => ({
    ...asked,
    status,
    answeredAt: daysLater(13),
    answeredBy: 'U0PRIYA0001',
    reason: reason === null ? null : say(reason),
  });
  const second = (over: Partial<CharterVersion> = {}) =>
    signed({
      signed: signedVersion({ fields: fields() }),
      charter: aVersion({ n: 2, fields: fields(), resultsKnown: true, ...over }),
      criteria: [aCriterion({ version: 1 }), aCriterion({ id: 'K2', version: 2, target: '11' })],
    });

  /** A pilot whose criteria have been given these verdicts. */
  const judged = (...evaluations: (Partial<Evaluation> & Partial<Pick<Criterion, 'role' | 'kind'>>)[]) => {
    const facts = signed({
      criteria: evaluations.map(({ role = 'required', kind = 'at_most' }, index) =>
        aCriterion({ position: index + 1, role, kind }),
      ),
    });
    const real = standing(facts);
    const all = real.criteria.map((entry, index): CriterionStanding => {
      const { role: _role, kind: _kind, ...over } = evaluations[index] ?? {};
      return { ...entry, evaluation: { ...entry.evaluation, ...over } as Evaluation };
    });
    return { facts, standing: { criteria: all, worst: 'off_track' } satisfies Standing };
  };
  const told = (over: ReturnType<typeof judged>) => pilotCard(card(over.facts, over), { working: true });

  return {
    ...drafts(),
    ...cards(),
    ...requests(),
    ...owed(),
    ...digests(),
    ...pressViews(card(draft(asked)), say),
    ...stuckViews({
      card: card(signed()),
      final: (...verdicts) => {
        const over = judged(...verdicts.map((verdict) => ({ verdict, phase: 'final' as const })));
        return card(over.facts, over);
      },
      facts: signed(),
      say,
    }),
    ...refusals(),
    ...problems(say),
    ...gone(say, signed(), draft(asked), names),
  };

  function drafts(): Record<string, Shown> {
    return {
      'draft card: nothing written': draftCard(
        card(
          draft(
            { fields: NO_FIELDS },
            { holders: { owner: 'U0ANA000001' }, criteria: [], metrics: [], pilot: { unit: null } },
          ),
        ),
      ),
      'draft card: half written': draftCard(
        card(
          draft(
            { fields: fields({ start: null, rollback: null, problem: null }) },
            { holders: { owner: 'U0ANA000001', sponsor: 'U0PRIYA0001' }, criteria: [] },
          ),
        ),
      ),
      'draft card: complete': draftCard(card(draft())),
      'draft card: watch only': draftCard(card(draft({}, { pilot: { watchedSince: daysLater(0) } }))),
      'draft card: asked': draftCard(card(draft(asked))),
      'draft card: changes requested': draftCard(
        card(draft(answered('changes_requested', 'Use the audited cost.'))),
      ),
      'draft card: declined': draftCard(card(draft(answered('declined', 'Not my unit.')))),
      'draft card: taken back': draftCard(card(draft({ ...asked, status: 'withdrawn' }))),
      'draft card: version 2': draftCard(card(second())),
      'draft card: many criteria of every role': draftCard(
        card(
          draft(
            {},
            {
              criteria: [
                aCriterion({ position: 1, baseline: null, baselineKnownBy: '2026-01-26' }),
                aCriterion({ position: 2, role: 'guardrail' }),
                aCriterion({ position: 3, role: 'informative' }),
                ...criteria(many).map((criterion) => ({ ...criterion, position: criterion.position + 3 })),
              ],
            },
          ),
        ),
      ),
    };
  }

  function cards(): Record<string, Shown> {
    const guardrail = { role: 'guardrail' } as const;
    return {
      'pilot card: waits for signature': pilotCard(card(draft(asked)), { working: false }),
      'pilot card: no criteria': pilotCard(
        card(draft({ fields: NO_FIELDS }, { criteria: [], metrics: [], holders: {}, pilot: { unit: null } })),
        { working: true },
      ),
      'pilot card: signed, no numbers yet': pilotCard(card(signed(), { standing: standing(signed(), []) }), {
        working: true,
      }),
      'pilot card: watch only, signed outside': pilotCard(
        card(signed({ pilot: { watchedSince: daysLater(0) }, signed: signedVersion({ askedBy: null }) })),
        { working: true },
      ),
      'pilot card: signed, as others see it': pilotCard(card(signed()), { working: false }),
      'pilot card: every verdict while it runs': told(judged(...VERDICTS.map((verdict) => ({ verdict })))),
      'pilot card: every verdict at the end': told(
        judged(...VERDICTS.map((verdict) => ({ verdict, phase: 'final' as const }))),
      ),
      'pilot card: guardrails, yes or no, for information, not to be judged': told({
        ...judged(
          { ...guardrail, verdict: 'on_track', reasons: ['holding'] },
          { ...guardrail, verdict: 'on_track', reasons: [] },
          { kind: 'yes_no', value: true, verdict: 'met' },
          { kind: 'yes_no', value: false, verdict: 'at_risk' },
          { role: 'informative', verdict: 'at_risk' },
          { value: null, display: null, verdict: 'no_data' },
        ),
      }),
      'pilot card: a change whose baseline is to come': pilotCard(
        card(signed({ criteria: [aCriterion({ kind: 'decrease_abs', baseline: null })] })),
        { working: true },
      ),
      'pilot card: every kind': pilotCard(
        card(
          signed({
            criteria: KINDS.map((kind, index) =>
              aCriterion({
                position: index + 1,
                kind,
                target: kind === 'yes_no' ? null : '4',
                targetHigh: kind === 'between' ? '5' : null,
              }),
            ),
          }),
        ),
        { working: true },
      ),
      'pilot card: single values, an agreed conversion': pilotCard(
        card(
          signed({
            criteria: [
              aCriterion({ position: 1, agg: 'percentile', percentile: '95' }),
              aCriterion({ position: 2, rates: { 'USD/claim': '0.92', 'GBP/claim': '1.17' } }),
            ],
          }),
        ),
        { working: true },
      ),
      'pilot card: hidden criteria': pilotCard(card(signed({ criteria: criteria(Math.max(14, many)) })), {
        working: true,
      }),
      'pilot card: version 2 is being agreed': pilotCard(card(second(asked)), { working: true }),
      'pilot card: paused': pilotCard(card(signed({ pilot: { pausedSince: daysLater(15) } })), {
        working: true,
      }),
      'pilot card: stopped': pilotCard(card(signed({ pilot: { stage: 'stopped' } })), { working: true }),
    };
  }

  function requests(): Record<string, Shown> {
    const open = draft({ ...asked, fields: fields({ note: 'As we agreed on Friday.' }) });
    const shown = (status: CharterVersion['status'], reason: string | null = null) =>
      closedRequest(card(open), aVersion({ ...answered(status, reason), n: 1 }), '2026-01-14');
    const closed = CHARTER_STATUSES.map((status) => {
      const reason = { changes_requested: 'Use the audited cost.', declined: 'Not my unit.' }[
        status as 'declined'
      ];
      return [`closed request: ${status}`, shown(status, reason ?? null)] as const;
    });
    return {
      'open request: with a sentence of the owner': openRequest(card(open), '2026-01-23'),
      'open request: without one': openRequest(card(draft(asked)), '2026-01-23'),
      'open request: nothing written': openRequest(
        card(draft({ ...asked, fields: NO_FIELDS }, { criteria: [], metrics: [] })),
        '2026-01-23',
      ),
      'open request: guardrails, many criteria, a delegate': openRequest(
        card(
          draft(
            { ...asked, resultsKnown: true },
            {
              holders: { ...HOLDERS, delegate: 'U0OMAR00001' },
              criteria: [
                ...criteria(Math.max(7, many)),
                aCriterion({ position: 90, role: 'guardrail', target: '2' }),
                aCriterion({ position: 91, role: 'informative' }),
              ],
            },
          ),
        ),
        '2026-01-23',
      ),
      'open request: a sponsor from outside': openRequest(
        { ...card(open), sponsorAnswers: someSaid(say) },
        '2026-01-23',
      ),
      'draft card: a sponsor from outside': draftCard({ ...card(draft()), sponsorAnswers: someSaid(say) }),
      'open request: version 2': openRequest(card(second(asked)), '2026-01-23'),
      ...Object.fromEntries(closed),
      'closed request: the version is gone': closedRequest(card(open), null, null),
    };
  }

  function owed(): Record<string, Shown> {
    const facts = signed();
    const all: Record<string, Owed> = {
      sign: { what: 'sign', facts, since: 0 },
      answer: { what: 'answer', facts, since: 0 },
      'change, asked for': { what: 'change', facts: draft(answered('changes_requested', 'x')), since: 0 },
      'change, declined': { what: 'change', facts: draft(answered('declined', 'x')), since: 0 },
      'a check-in of somebody else': { what: 'check-in', facts, since: 0 },
      'one number': { what: 'record', facts, since: 0, metrics: [metric.name] },
      'many numbers': {
        what: 'record',
        facts,
        since: 0,
        metrics: Array.from({ length: Math.max(5, many) }, () => metric.name),
      },
      'a condition': {
        what: 'condition',
        facts,
        since: 0,
        condition: { id: 'c1', words: say('Audit of the first month'), due: '2026-01-22' },
        today: TODAY,
      },
      'one number set aside': { what: 'settle', facts, since: 0, count: 1 },
      'numbers set aside': { what: 'settle', facts, since: 0, count: 14 },
      ask: { what: 'ask', facts, since: 0 },
      'one thing missing': { what: 'complete', facts, since: 0, missing: 1 },
      'things missing': { what: 'complete', facts, since: 0, missing: 3 },
    };
    return Object.fromEntries(
      Object.entries(all).map(([name, one]) => [
        `owed: ${name}`,
        message({ notice: 'Owed', lines: [owedLine(one)], buttons: [[owedButton(one, 0)]] }),
      ]),
    );
  }

  function digests(): Record<string, Shown> {
    const week = (facts: PilotFacts, worst: Standing['worst'], moved = false) => {
      const now = { ...standing(facts), worst };
      return { facts, now, before: moved ? standing(facts, []) : now };
    };
    const soon = signed({ charter: signedVersion({ fields: fields({ decision: '2026-01-22' }) }) });
    const each = [
      week(soon, 'on_track'),
      week(signed(), 'off_track'),
      week(draft(asked), null),
      week(signed(), 'on_track', true),
      week(signed(), 'on_track'),
      { ...week(signed(), 'at_risk'), stands: 'stalled' as const, why: say('waits for ERP access') },
      { ...week(signed(), 'no_data'), now: standing(signed(), []), before: standing(signed(), []) },
      week(signed({ pilot: { pausedSince: daysLater(15) } }), 'missed'),
    ];
    const show = (entries: typeof each) =>
      digestMessage(
        digestOf(entries, TODAY),
        TODAY,
        [digestPreferences.element({ channel: 'C0PILOTS001' })],
        'Every pilot stands in the thread.',
      );
    const lots = each.flatMap((entry) => Array.from({ length: Math.ceil(many / 8) }, () => entry));
    const short = (entries: typeof each) => {
      const week = weekOfPerson(entries, 'U0PRIYA0001', TODAY);
      return shortDigest(week, entries.length, true, TODAY, new Set(), []);
    };
    const details = digestDetails(digestOf(each, TODAY), YESTERDAY);
    return {
      'digest: of every kind': show(each),
      'digest: short': short(each),
      'digest: short, many': short(lots),
      'digest: short, one not measured': short(each.slice(6, 7)),
      'digest: two of a kind': show(each.flatMap((entry) => [entry, entry])),
      'digest: many': show(lots),
      'digest: only quiet ones': show(each.slice(4, 5)),
      'digest: no pilots': show([]),
      'digest: its thread': message({ notice: 'All pilots', lines: details }),
      'digest: a long thread': message({
        notice: 'All pilots',
        lines: digestDetails(digestOf(lots, TODAY), YESTERDAY),
      }),
      undelivered: ['not_in_channel', 'channel_not_found', 'fault', 'something_new', null].map((error) =>
        undeliveredLine({ kind: 'draft-card', addressee: 'user:U0ANA000001', state: 'failed', error }, names),
      ),
      'undelivered: the app is not in the channel': undeliveredTo('not_in_channel'),
      'undelivered: nobody knows': undeliveredTo(null),
      'held: before': message({ notice: 'Sending', lines: HOLD_LINES }),
      'held: while': heldLines(
        { since: Date.UTC(2026, 0, 5, 8), day: 'Mon 5 Jan', who: 'Lena Fischer', zone: 'Europe/Berlin' },
        [
          { kind: 'digest', count: 1 },
          { kind: 'daily', count: 13 },
        ],
      ),
      'undelivered: of every kind': [
        ...['pilot-card', 'sign-request', 'request-answered', 'signed-line', 'word-changed', 'digest'],
        ...['digest-details', 'welcome', 'import-dry-run'],
      ].map((kind) =>
        undeliveredLine({ kind, addressee: 'channel:C0CLAIMS001', state: 'unknown', error: null }, names),
      ),
    };
  }

  function refusals(): Record<string, Shown> {
    const acts: Act[] = ['edit-charter', 'ask-sponsor', 'answer-request', 'record-value', 'delete-draft'];
    const pilot = say('Claims triage');
    const who = [say('Ana Costa'), say('Omar Haddad')];
    const why = 'The owner keeps the charter; the sponsor signs it.';
    return {
      ...Object.fromEntries(
        acts.flatMap((act) => [
          [
            `refusal: ${act}`,
            notAllowed(act, pilot, who, why, 'the programme office', [preferences.element({ about: 'me' })]),
          ],
          [`refusal: ${act}, nobody could`, notAllowed(act, pilot, [], why, say('AI office'))],
        ]),
      ),
      ...Object.fromEntries(
        (['bot', 'deactivated', 'guest', 'external'] as const).map((unfit) => [
          `refusal: ${unfit}`,
          unfitText(say('Greg Hall'), unfit, 'the executive sponsor'),
        ]),
      ),
      'refusal: owner is sponsor': ownerIsSponsorText(say('Ana Costa')),
      'refusal: changed meanwhile': changedMeanwhile(pilot),
    };
  }
}

/** When somebody with a role, or a channel in use, is gone. */
function gone(
  say: (words: string) => string,
  signed: PilotFacts,
  asked: PilotFacts,
  names: ReadonlyMap<string, string>,
): Record<string, Shown> {
  const person = { id: 'U0PRIYA0001', name: say('Priya Shah'), why: 'deactivated' } as const;
  const owner = { ...person, id: 'U0ANA000001', why: 'guest' } as const;
  const there = new Set(['U0OMAR00001']);
  const withStandIns = {
    ...signed,
    holders: { ...signed.holders, backup: 'U0WEI000001', delegate: 'U0OMAR00001' },
  };
  const about = { there, names, office: 'the programme office' };
  const pilot = { id: 'P1', name: say('Claims triage') };
  return {
    'gone: the sponsor, for the programme office': goneMessage({
      ...about,
      gone: person,
      pilots: [withStandIns, asked],
      isOffice: true,
      reader: 'U0LENA00001',
    }),
    'gone: the sponsor, for the owner': goneMessage({
      ...about,
      gone: person,
      pilots: [signed],
      isOffice: false,
      reader: 'U0ANA000001',
    }),
    'gone: the owner, for the backup': goneMessage({
      ...about,
      gone: owner,
      pilots: [withStandIns],
      isOffice: false,
      reader: 'U0WEI000001',
    }),
    'gone: of many pilots': goneMessage({
      ...about,
      gone: owner,
      pilots: Array.from({ length: 14 }, () => signed),
      isOffice: true,
      reader: 'U0LENA00001',
    }),
    'gone: a channel with a card': archivedMessage({
      channel: `#${say('claims')}`,
      pilots: [pilot],
      digest: false,
      command: '/pilot',
    }),
    'gone: a channel with cards and a digest': archivedMessage({
      channel: `#${say('claims')}`,
      pilots: Array.from({ length: 12 }, () => pilot),
      digest: true,
      command: '/pilot',
    }),
    'gone: a channel with a digest': archivedMessage({
      channel: `#${say('claims')}`,
      pilots: [],
      digest: true,
      command: '/pilot',
    }),
  };
}

const channel: SlackChannel = {
  id: 'C1',
  name: 'claims',
  isMember: true,
  isArchived: false,
  isPrivate: false,
  isSharedOutside: false,
};

function problems(say: (words: string) => string): Record<string, Shown> {
  const name = say('claims');
  const about = (over: Partial<SlackChannel>) =>
    channelProblem({ kind: 'done', value: { ...channel, name, ...over } }) ?? 'nothing';
  const text = say('12 widgets');
  const all: readonly CriterionProblem[] = [
    { code: 'no_key', name: say('請求') },
    { code: 'number_unreadable', typed: text },
    { code: 'number_ambiguous', typed: say('1,234'), readings: ['1234', '1.234'] },
    { code: 'number_too_large', typed: text },
    { code: 'other_digits', typed: say('١٢') },
    { code: 'unit_unknown', typed: text },
    ...['EUR/claim', 'CHF/claim', 'percent', 'pp', 'h', 'count', say('tickets')].map(
      (unit) => ({ code: 'unit_differs', typed: text, unit }) as const,
    ),
    ...['EUR/claim', 'bool', 'count', 'score'].map(
      (unit) => ({ code: 'unit_taken', unit, metric: say('Cost per claim') }) as const,
    ),
    { code: 'unit_for_yes_no', typed: say('bool') },
    { code: 'percent_or_points', typed: say('5 %'), kind: 'increase_abs' },
    { code: 'percent_or_points', typed: say('5 points'), kind: 'decrease_pct' },
    { code: 'cadence_taken', cadence: 'fortnight', metric: say('Cost per claim') },
    { code: 'cadence_too_long', cadence: 'quarter', first: '2026-04-04', decision: '2026-03-01' },
    { code: 'target_empty' },
    { code: 'not_for_yes_no', typed: say('50') },
    { code: 'band_unreadable', typed: say('4') },
    { code: 'band_empty', typed: say('5 to 4') },
    { code: 'baseline_needed', kind: 'increase_abs' },
    { code: 'baseline_zero' },
    { code: 'change_not_positive', typed: say('-5') },
    { code: 'margin_negative', typed: say('-1') },
    { code: 'deadline_too_early', first: '2026-01-11' },
    { code: 'deadline_after_decision', decision: '2027-04-05' },
    { code: 'first_effect_late', deadline: '2026-03-29' },
    { code: 'sustain_too_long', sustain: 20, periods: 12, deadline: '2026-03-29' },
    { code: 'sustain_too_long', sustain: 2, periods: 1, deadline: '2026-03-29' },
  ];
  return {
    ...Object.fromEntries(
      all.map((problem, index) => [
        `criterion problem ${index + 1}: ${problem.code}`,
        criterionProblemText(problem, TODAY),
      ]),
    ),
    'channel: fine': about({}),
    'channel: archived': sentence(about({ isArchived: true })),
    'channel: shared with another company': sentence(about({ isSharedOutside: true })),
    'channel: not a member': sentence(about({ isMember: false })),
    'channel: not to be seen':
      channelProblem({ kind: 'unreachable', code: 'channel_not_found' }) ?? 'nothing',
    'channel: not to be asked': channelProblem({ kind: 'later', code: 'x', afterMs: 1 }) ?? 'nothing',
  };
}

/** What whoever can help reads about two messages. */
const undeliveredTo = (error: string | null) =>
  message(
    undeliveredMessage(
      [
        { kind: 'pilot-card', state: error === null ? 'unknown' : 'failed', error },
        { kind: 'digest', state: 'unknown', error: 'connection_lost' },
      ],
      '#claims',
    ),
  );
