/** Which states of the cards about stuck pilots and decisions are there? */

import type { EscalationFigures } from '../../src/core/escalation/figures.ts';
import { DECISIONS } from '../../src/core/escalation/refusal.ts';
import type { Verdict } from '../../src/core/evaluate/criterion.ts';
import { asFirstAgreed } from '../../src/core/first-agreed.ts';
import type { Criterion, PilotFacts } from '../../src/core/pilot-facts.ts';
import type { Gap } from '../../src/core/preflight.ts';
import { SPONSOR_TESTS, type SponsorRecord } from '../../src/core/sponsor.ts';
import type { Evidence, Signal } from '../../src/core/stall/signal.ts';
import type { SuggestionReason } from '../../src/core/suggestion.ts';
import { message, sentence } from '../../src/slack/blocks.ts';
import { caseRefusalText } from '../../src/views/case-refusal-text.ts';
import { type ConditionTold, conditionMessage } from '../../src/views/condition-text.ts';
import {
  type DecisionCard,
  decisionCard,
  decisionPreview,
  verdictCard,
} from '../../src/views/decision-card.ts';
import { owedButton, owedLine } from '../../src/views/owed-text.ts';
import { type CardFacts, pilotCard } from '../../src/views/pilot-card.ts';
import { preflightLines, preflightMessage } from '../../src/views/preflight-text.ts';
import { signalLines, sumText } from '../../src/views/rule-of-stall-text.ts';
import { sponsorFiguresLine } from '../../src/views/sponsor-text.ts';
import { DECISION_WORDS, REASON_WORDS } from '../../src/views/stall-text.ts';
import { type CaseShown, type StuckCard, stuckCard } from '../../src/views/stuck-card.ts';
import {
  countedMessage,
  countingLine,
  countingText,
  figuresLines,
  rehearsedText,
  thresholdProblemText,
  unknownThresholdText,
} from '../../src/views/threshold-text.ts';
import { moreWithOwner, nothingToDecide } from '../../src/views/with-owner-text.ts';
import type { Shown } from '../support/as-text.ts';
import { aValue } from '../support/facts.ts';

const TODAY = '2026-01-20';

const EVIDENCE: readonly Evidence[] = [
  { rule: 'missed_check_ins', missed: 2, limit: 2, dues: ['2026-01-08', '2026-01-15'] },
  {
    rule: 'old_data',
    criterion: 'K1',
    metric: 'M1',
    newest: '2026-01-05',
    askedOn: null,
    days: 15,
    limit: 9,
  },
  {
    rule: 'old_data',
    criterion: 'K1',
    metric: 'M1',
    newest: null,
    askedOn: '2026-01-08',
    days: 12,
    limit: 9,
  },
  { rule: 'off_track', criterion: 'K1', looks: 2, limit: 2 },
  { rule: 'regressed', criterion: 'K1', looks: 3, limit: 2 },
  { rule: 'forecast_short', criterion: 'K1', elapsed: 0.8, limit: 0.75 },
  { rule: 'flat', criterion: 'K1', slope: 0.1, needed: 0.5, periods: 6 },
  { rule: 'harm', criterion: 'K1' },
  { rule: 'late_phase', stage: 'build', since: '2025-11-01', days: 80, limit: 52.5, by: 'plan', planned: 42 },
  {
    rule: 'late_phase',
    stage: 'measure',
    since: '2025-11-01',
    days: 80,
    limit: 40.3,
    by: 'others',
    finished: 20,
    within: 17,
  },
  // As looks of earlier versions have kept it.
  { rule: 'late_phase', stage: 'build', since: '2025-11-01', days: 80, limit: 52.5, by: 'plan' },
  { rule: 'late_phase', stage: 'measure', since: '2025-11-01', days: 80, limit: 40, by: 'others' },
  { rule: 'no_decision_date', start: '2025-09-01', days: 141, limit: 112 },
  { rule: 'purgatory', since: '2025-07-01', days: 203, limit: 182, extendedUntil: null },
  { rule: 'decision_overdue', since: '2026-01-12', workingDays: 6, limit: 5 },
  { rule: 'no_owner' },
  { rule: 'no_sponsor' },
  { rule: 'silent_sponsor', since: '2025-12-01', days: 50, limit: 45 },
  { rule: 'old_blocker', blocker: 'B1', since: '2026-01-05', workingDays: 11, limit: 10 },
  { rule: 'watermelon' },
  { rule: 'blind_green' },
  { rule: 'loosened', times: 2, isLate: false },
  { rule: 'loosened', times: 1, isLate: true },
  { rule: 'few_users', criterion: 'K1', value: 40, needed: 50, elapsed: 0.5 },
  { rule: 'users_leave', criterion: 'K1', value: 40, peak: 100, limit: 70 },
  { rule: 'no_criteria', start: '2026-01-05', days: 15, limit: 14 },
  { rule: 'no_baseline', criterion: 'K1', start: '2025-12-20', days: 31, limit: 21 },
  { rule: 'drift', looks: 2 },
];

const FIGURES: EscalationFigures = {
  opened: 0,
  byReach: { owner: 0, backup: 0, sponsor: 0, beyond: 0, gone: 0, waiting: 0 },
  sponsor: 0,
  wrong: 0,
  results: 0,
  decisions: 0,
  answered: 0,
  medianHours: null,
};

const BROUGHT = { now: { owner: 1, sponsor: 0 }, next: { owner: 14, sponsor: 3 }, pilots: 8 };

const CAUSES: Readonly<Record<Evidence['rule'], Signal['cause']>> = {
  missed_check_ins: 'rhythm',
  old_data: 'data',
  off_track: 'progress',
  regressed: 'progress',
  forecast_short: 'progress',
  flat: 'progress',
  harm: 'progress',
  late_phase: 'late_phase',
  no_decision_date: 'purgatory',
  purgatory: 'purgatory',
  decision_overdue: 'decision_overdue',
  no_owner: 'people',
  no_sponsor: 'people',
  silent_sponsor: 'people',
  old_blocker: 'blockers',
  watermelon: 'honesty',
  blind_green: 'honesty',
  loosened: 'honesty',
  few_users: 'adoption',
  users_leave: 'adoption',
  no_criteria: 'setup',
  no_baseline: 'setup',
  drift: 'drift',
};

const signal = (evidence: Evidence): Signal => ({
  cause: CAUSES[evidence.rule],
  weight: 2,
  isSure: true,
  isCritical: evidence.rule === 'harm',
  evidence,
});

/** What the cards are drawn from: a card of a signed pilot, and one whose numbers are final with these verdicts. */
export interface StuckGiven {
  readonly card: CardFacts;
  readonly final: (...verdicts: readonly Verdict[]) => CardFacts;
  readonly facts: PilotFacts;
  readonly say: (words: string) => string;
}

/** Every state, by name. */
export function stuckViews({ card, final, facts, say }: StuckGiven): Record<string, Shown> {
  const evidence = {
    criteria: new Map([['K1', say('Cost per claim')]]),
    blockers: new Map([['B1', say('ERP test access')]]),
    today: TODAY,
  };
  const shown = (over: Partial<CaseShown> = {}): CaseShown => ({
    id: 'C1',
    cause: 'progress',
    mode: 'OPEN',
    isPaused: false,
    lookBy: null,
    isWithSponsor: true,
    isExtended: false,
    view: null,
    plan: null,
    snooze: null,
    ended: null,
    ...over,
  });
  const stuck = (over: Partial<StuckCard> = {}): StuckCard => ({
    card,
    shown: shown(),
    as: 'sponsor',
    signals: EVIDENCE.slice(0, 4).map(signal),
    evidence,
    suggestion: { decision: 'unblock', because: 'blocked' },
    ask: say('One named person in Finance IT.'),
    answerBy: '2026-01-23',
    after: 'Omar Haddad is asked.',
    waiting: 2,
    pending: null,
    ...over,
  });
  const view = { words: say('It waits for access.'), by: say('Ana Costa') };
  const decision = (over: Partial<DecisionCard> = {}): DecisionCard => ({
    card: final('met', 'met'),
    shown: shown({ cause: 'decision_overdue' }),
    recommendation: { recommendation: 'go', rule: 'R1' },
    diagnosis: null,
    answerBy: '2026-01-27',
    after: 'Omar Haddad is asked; nothing goes live.',
    waiting: 1,
    pending: null,
    ...over,
  });
  const missed = final('missed', 'met');
  const met = final('met', 'met');
  const [first] = met.facts.criteria;
  const before = { ...met.facts.charter, n: 0, status: 'superseded' } as const;
  const amendedBy = (over: Partial<Criterion>): CardFacts => {
    const amendedFacts = {
      ...met.facts,
      versions: [before, ...met.facts.versions],
      criteria: [
        ...met.facts.criteria,
        ...(first === undefined
          ? []
          : [
              { ...first, version: 0, ...over },
              { ...first, version: 0, lineage: 'gone', target: '8' },
            ]),
      ],
    };
    const unit = met.facts.metrics[0]?.unit ?? '';
    const values = [aValue({ periodStart: '2026-03-09', periodEnd: '2026-03-16', value: '11', unit })];
    const by = { values, zone: 'Europe/Berlin', now: Date.UTC(2026, 3, 10), pauses: [] };
    return { ...met, facts: amendedFacts, first: asFirstAgreed(amendedFacts, met.standing.criteria, by) };
  };
  const amended = amendedBy({ target: '10', deadline: '2026-03-15' });
  const correctedOn = (changesVerdict: boolean): Pick<CardFacts, 'restated'> => ({
    restated: new Map([
      [
        'K1',
        { periods: [{ end: '2026-01-12', at: Date.UTC(2026, 0, 19), isWithdrawn: false }], changesVerdict },
      ],
    ]),
  });
  const all = EVIDENCE.map(signal);
  const reasons = Object.keys(REASON_WORDS) as SuggestionReason[];
  return {
    'stuck: the sponsor': stuckCard(stuck()),
    'stuck: the sponsor, with everything': stuckCard(
      stuck({ signals: all, shown: shown({ view, isExtended: true }), pending: say('Priya has decided.') }),
    ),
    'stuck: six months': stuckCard(
      stuck({
        shown: shown({ cause: 'purgatory' }),
        suggestion: { decision: 'stop', because: 'no_progress_again' },
      }),
    ),
    ...Object.fromEntries(
      reasons.map((because) => [
        `stuck: suggested because ${because}`,
        stuckCard(stuck({ suggestion: { decision: 'restructure', because } })),
      ]),
    ),
    'stuck: the delegate, one more': stuckCard(
      stuck({ as: 'delegate', waiting: 1, answerBy: null, ask: null }),
    ),
    'stuck: the owner': stuckCard(stuck({ as: 'owner', shown: shown({ isWithSponsor: false }), waiting: 0 })),
    'stuck: the owner, with the sponsor': stuckCard(stuck({ as: 'owner', shown: shown({ view }) })),
    'stuck: the owner, six months': stuckCard(stuck({ as: 'owner', shown: shown({ cause: 'purgatory' }) })),
    'stuck: the programme office': stuckCard(stuck({ as: 'office', signals: [] })),
    'stuck: somebody is on it': stuckCard(
      stuck({
        shown: shown({ mode: 'ACKED', plan: { next: say('Ask them'), until: '2026-01-23', by: say('Ana') } }),
      }),
    ),
    'stuck: put aside': stuckCard(
      stuck({
        shown: shown({
          mode: 'SNOOZED',
          snooze: { reason: say('Freeze'), until: '2026-01-23', by: say('Ana') },
        }),
      }),
    ),
    ...Object.fromEntries(
      (['owner', 'sponsor', 'office'] as const).flatMap((as) => [
        [`stuck: looks right, ${as}`, stuckCard(stuck({ as, shown: shown({ mode: 'RESOLVING' }) }))],
        [
          `stuck: looks right by a fact, ${as}`,
          stuckCard(
            stuck({
              as,
              shown: shown({ mode: 'RESOLVING', cause: 'blockers', lookBy: '2026-01-27' }),
              waiting: 1,
            }),
          ),
        ],
      ]),
    ),
    'stuck: paused': stuckCard(stuck({ shown: shown({ isPaused: true }) })),
    'stuck: ended': stuckCard(
      stuck({
        shown: shown({
          ended: { words: 'Stop, decided by Priya Shah on 20 January', reason: say('No budget.') },
        }),
      }),
    ),
    'decision: met': decisionCard(decision()),
    'decision: met, and the owner says it is wrong': decisionCard(
      decision({ shown: shown({ cause: 'decision_overdue', view: { ...view, isWrong: true } }) }),
    ),
    'decision: not met': decisionCard(
      decision({ card: missed, recommendation: { recommendation: 'restructure', rule: 'R8' } }),
    ),
    'decision: not met, with its cause': decisionCard(
      decision({
        card: missed,
        diagnosis: 'adoption',
        shown: shown({ cause: 'decision_overdue', view }),
        recommendation: { recommendation: 'not_yet', rule: 'R7' },
        pending: say('Priya has decided.'),
      }),
    ),
    'decision: met, with promises made easier and taken out': decisionCard(decision({ card: amended })),
    'decision: met, agreed on other terms at first': decisionCard(
      decision({ card: amendedBy({ minN: 40 }) }),
    ),
    'decision: met, with a number that was corrected': decisionCard(
      decision({ card: { ...met, ...correctedOn(false) } }),
    ),
    'pilot card: a correction has changed the word': pilotCard(
      { ...card, ...correctedOn(true) },
      { working: false },
    ),
    'pilot card: a correction has not changed the word': pilotCard(
      { ...card, ...correctedOn(false) },
      { working: false },
    ),
    'decision: met, with a conversion taken out': decisionCard(
      decision({ card: amendedBy({ rates: { 'USD/claim': '0.92' } }) }),
    ),
    'decision: paused': decisionCard(decision({ shown: shown({ isPaused: true }) })),
    'decision: made': decisionCard(
      decision({
        shown: shown({ ended: { words: 'Go, decided by Priya Shah', reason: say('Well done.') } }),
      }),
    ),
    'decision: the owner beforehand': decisionPreview(final('met'), shown(), null, '2026-01-21'),
    'decision: the owner beforehand, not met': decisionPreview(missed, shown(), null, '2026-01-21'),
    'decision: the owner beforehand, answered': decisionPreview(
      missed,
      shown({ view }),
      'data_quality',
      '2026-01-21',
    ),
    'decision: the channel': verdictCard(missed, '2026-01-27', null),
    'decision: the channel, no day': verdictCard(missed, null, null),
    'decision: the channel, decided': verdictCard(
      final('met'),
      null,
      'Priya Shah decided on 20 January: Go.',
    ),
    'card: needs help': pilotCard(
      { ...card, stuck: { standing: 'stalled', signals: all, evidence } },
      { working: true },
    ),
    'card: to watch': pilotCard(
      { ...card, stuck: { standing: 'watch', signals: all.slice(0, 1), evidence } },
      { working: true },
    ),
    'why stuck': message({
      notice: sumText({ counted: all, score: 8 }),
      lines: [
        sumText({ counted: all, score: 8 }),
        ...signalLines({ counted: all, seen: all }, evidence).flat(),
      ],
    }),
    'why stuck: seen once': message({
      notice: sumText({ counted: [], score: 0 }),
      lines: signalLines({ counted: [], seen: all.slice(0, 1) }, evidence).flat(),
    }),
    'owed: a decision': message({
      notice: 'x',
      lines: (['decide', 'unstick'] as const).map((what) => owedLine({ what, facts, since: 0 })),
      buttons: [
        (['decide', 'unstick'] as const).map((what, nth) => owedButton({ what, facts, since: 0 }, nth)),
      ],
    }),
    'words: decisions': sentence(...DECISIONS.map((one) => DECISION_WORDS[one])),
    'words: refusals': sentence(
      ...(
        [
          'closed',
          'paused',
          'not_yours',
          'needs_next_step',
          'needs_reason',
          'needs_date',
          'too_long',
          'too_often',
          'not_for_this',
          'extension_used',
        ] as const
      ).map((one) => caseRefusalText(one, say('Claims triage'))),
    ),
    'words: thresholds': sentence(
      thresholdProblemText({ name: 'missed_critical', why: 'above', limit: 12 }),
      thresholdProblemText({ name: 'missed_critical', why: 'not_whole', limit: null }),
      thresholdProblemText({ name: 'missed_major', why: 'after', limit: 'missed_critical' }),
      thresholdProblemText({ why: 'never', death: 'silent' }),
      thresholdProblemText({ why: 'always', of: 'bad_week' }),
      unknownThresholdText(say('missed 3'), ['missed_minor']),
      unknownThresholdText(say('missed 3'), []),
    ),
    'words: figures': message({
      notice: 'x',
      lines: [
        ...figuresLines(FIGURES),
        ...figuresLines({
          ...FIGURES,
          opened: 15,
          byReach: { owner: 5, backup: 2, sponsor: 2, beyond: 1, gone: 4, waiting: 1 },
          sponsor: 3,
          wrong: 1,
          results: 1,
          decisions: 5,
          answered: 3,
          medianHours: 20,
        }),
        ...figuresLines({
          ...FIGURES,
          opened: 1,
          byReach: { ...FIGURES.byReach, sponsor: 1 },
          sponsor: 1,
          decisions: 1,
          answered: 1,
          medianHours: 24,
        }),
        ...figuresLines({ ...FIGURES, results: 1 }),
        ...figuresLines({ ...FIGURES, sponsor: 10, wrong: 2, decisions: 2 }),
        ...rehearsedText(BROUGHT),
        countingLine({ preset: 'strict', changed: {}, done: 0, all: 2140 }),
        countingLine({ preset: 'calm', changed: { blocker_minor: 7 }, done: 1200, all: 2140 }),
      ],
    }),
    'what is being counted': sentence(
      countingText({ preset: 'calm', changed: { blocker_minor: 7 }, done: 0, all: 2140 }, '/pilot'),
    ),
    'what is being counted already': sentence(
      countingText({ preset: 'strict', changed: {}, done: 1200, all: 2140 }, '/pilot'),
    ),
    'what thresholds would have brought': countedMessage(
      { version: 3, preset: 'strict', changed: { blocker_minor: 7 } },
      { ...BROUGHT, pilots: 2140 },
    ),
    ...preflightViews(facts, say),
    ...conditionViews(facts, say),
    'with the owner: one': nothingToDecide(
      facts.pilot,
      { count: 1, name: say('Ana Costa'), until: '2026-01-22' },
      TODAY,
    ),
    'with the owner: more, nobody asked yet': nothingToDecide(
      facts.pilot,
      { count: 3, name: say('Ana Costa'), until: null },
      TODAY,
    ),
    'with the owner: as lines': sentence(
      moreWithOwner({ count: 1, name: say('Ana Costa'), until: '2026-01-22' }, TODAY),
      moreWithOwner({ count: 2, name: say('Ana Costa'), until: '2026-01-22' }, TODAY),
    ),
    ...Object.fromEntries(
      [
        { record: allSigned, isSigned: true, heardOn: '2026-01-12', waitsSince: null },
        { record: {}, isSigned: true, heardOn: null, waitsSince: '2026-01-05' },
        { record: someSaid(say), isSigned: true, heardOn: '2026-01-12', waitsSince: null },
      ].map((sponsorship, nth) => [
        `card: how the sponsor stands behind it, ${nth + 1}`,
        pilotCard({ ...card, sponsorship }, { working: true }),
      ]),
    ),
    'words: sponsors': message({
      notice: 'x',
      lines: [
        ...sponsorFiguresLine({ pilots: 0, answering: 0, confirmed: 0 }),
        ...sponsorFiguresLine({ pilots: 8, answering: 7, confirmed: 6 }),
      ],
    }),
  };
}

const known = (answer: boolean, reason: string | null, isSigned = false) => ({
  ...{ answer, reason, isSigned },
  by: 'U0PRIYA0001',
  at: 0,
});
const allSigned = Object.fromEntries(SPONSOR_TESTS.map((test) => [test, known(true, null, true)]));
/** Three tests answered, one of them with no and the reason why. */
export const someSaid = (say: (words: string) => string): SponsorRecord => ({
  business_side: known(false, say('She runs claims from April.')),
  benefiting_unit: known(true, null),
  measured_on_outcome: known(true, null),
});

/** What is told of the conditions of a go. */
function conditionViews({ pilot }: PilotFacts, say: (words: string) => string): Record<string, Shown> {
  const one = (nth: number, due: string, step: 'soon' | 'overdue'): ConditionTold => ({
    pilot: { id: `P${nth % 2}`, name: pilot.name },
    condition: { id: `c${nth}`, words: say('Audit of the first month'), due },
    step,
  });
  const soon = one(0, '2026-01-22', 'soon');
  const late = one(0, '2026-01-16', 'overdue');
  const others = (name: string) => new Map([['P0', say(name)]]);
  const owner = { as: 'owner', today: TODAY, others: others('Priya Shah') } as const;
  const sponsor = { as: 'sponsor', today: TODAY, others: others('Ana Costa') } as const;
  const many = [0, 1, 2, 3, 4].map((nth) => one(nth, '2026-01-16', 'overdue'));
  return {
    'condition: soon, for the owner': conditionMessage([soon], owner),
    'condition: overdue, for the owner': conditionMessage([late], owner),
    'condition: overdue, without a sponsor': conditionMessage([late], { ...owner, others: new Map() }),
    'condition: overdue, for the sponsor': conditionMessage([late], sponsor),
    'condition: two of one pilot': conditionMessage([late, one(2, '2026-01-22', 'soon')], owner),
    'condition: many of two pilots, for the owner': conditionMessage(many, owner),
    'condition: many of two pilots, for the sponsor': conditionMessage(many, sponsor),
  };
}

/** What is told before it matters, to whom it is told. */
function preflightViews(facts: PilotFacts, say: (words: string) => string): Record<string, Shown> {
  const { owner = '', sponsor = '' } = facts.holders;
  const tellOn = TODAY;
  const gaps: readonly Gap[] = [
    { why: 'missing', role: 'owner', person: null, tellOn },
    { why: 'missing', role: 'sponsor', person: null, tellOn },
    { why: 'missing', role: 'sponsor', person: sponsor, tellOn },
    { why: 'away', role: 'owner', person: owner, from: '2026-01-26', until: '2026-02-06', tellOn },
    { why: 'away', role: 'sponsor', person: sponsor, from: '2026-01-26', until: '2026-02-06', tellOn },
    { why: 'unanswered', role: 'sponsor', since: '2025-12-29', tellOn },
    { why: 'no_deputy', role: 'owner', tellOn },
    { why: 'no_deputy', role: 'sponsor', tellOn },
  ];
  const names = new Map([
    [owner, say('Ana Costa')],
    [sponsor, say('Priya Shah')],
  ]);
  const reader = { id: 'U0LENA00001', isOffice: true, names, today: TODAY, command: '/pilot' };
  const office = { ...reader, office: 'named', officeName: say('the programme office') } as const;
  const shown = gaps.map((gap, nth) => ({
    facts: { ...facts, pilot: { ...facts.pilot, id: `P${nth}` } },
    gap,
  }));
  const own = { ...office, id: owner, isOffice: false };
  return {
    'before it matters: everything, for the office': preflightMessage(shown, office),
    'before it matters: one thing, for the office': preflightMessage(shown.slice(4, 5), office),
    'before it matters: what nobody answers': preflightMessage(shown.slice(5, 6), office),
    'before it matters: nobody is named': preflightMessage([], { ...office, office: 'admins' }),
    'before it matters: for the owner': preflightMessage(
      shown.map((one) => ({ ...one, facts })).filter(({ gap }) => gap.role === 'owner'),
      own,
    ),
    'before it matters: for the owner, where nobody is the office': preflightMessage(shown.slice(6), {
      ...own,
      office: 'nobody',
    }),
    'before it matters: as lines': message({ notice: 'x', lines: preflightLines(shown, office) }),
    'before it matters: no lines': message({ notice: 'x', lines: preflightLines([], office) }),
  };
}
