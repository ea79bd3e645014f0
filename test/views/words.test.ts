import { describe, expect, it } from 'vitest';
import { KINDS, VERDICTS } from '../../src/core/evaluate/index.ts';
import { standingOf } from '../../src/core/standing.ts';
import { plainLine } from '../../src/slack/text.ts';
import {
  limitText,
  measuredText,
  promiseText,
  standingLine,
  verdictWord,
} from '../../src/views/criterion-text.ts';
import { dayText, periodName, periodText, weekdayText } from '../../src/views/day-text.ts';
import { nameOf, statusWords, titleOf } from '../../src/views/pilot-card.ts';
import {
  aCriterion,
  aMetric,
  aValue,
  aVersion,
  daysLater,
  NAMES,
  signedFacts,
  signedVersion,
  someFacts,
} from '../support/facts.ts';

const TODAY = '2026-01-20';

describe('days', () => {
  it.each([
    ['2026-03-28', '28 March', 'Sat 28 Mar'],
    ['2026-01-01', '1 January', 'Thu 1 Jan'],
    ['2027-04-05', '5 April 2027', 'Mon 5 Apr 2027'],
    ['2025-12-31', '31 December 2025', 'Wed 31 Dec 2025'],
  ])('%s reads %s', (day, text, weekday) => {
    expect(dayText(day, TODAY)).toBe(text);
    expect(weekdayText(day, TODAY)).toBe(weekday);
  });

  it.each([
    ['2026-01-05', '2026-01-12', '5–11 January'],
    ['2025-12-29', '2026-01-05', '29 December–4 January'],
    ['2026-01-31', '2026-02-28', '31 January–27 February'],
    ['2026-01-05', '2026-01-06', '5 January'],
  ])('from %s to %s make the period %s', (start, end, text) => {
    expect(periodText({ start, end })).toBe(text);
  });

  it.each([
    ['week', 'week of 5 Jan'],
    ['fortnight', 'two weeks from 5 Jan'],
    ['month', 'month from 5 Jan'],
    ['quarter', 'quarter from 5 Jan'],
  ] as const)('name a %s as %s', (cadence, name) => {
    expect(periodName({ start: '2026-01-05' }, cadence)).toBe(name);
  });
});

describe('a goal', () => {
  const goals: Record<(typeof KINDS)[number], [string, string]> = {
    at_least: ['€4.00 or more', '4 % or more'],
    at_most: ['€4.00 or less', '4 % or less'],
    between: ['from €4.00 to €5.00', 'from 4 % to 5 %'],
    increase_abs: ['up by €4.00 or more', 'up by 4 points or more'],
    increase_pct: ['up by 4 % or more', 'up by 4 % or more'],
    decrease_abs: ['down by €4.00 or more', 'down by 4 points or more'],
    decrease_pct: ['down by 4 % or more', 'down by 4 % or more'],
    yes_no: ['yes', 'yes'],
  };
  it.each(KINDS)('of kind %s is said with its unit, points apart from per cent', (kind) => {
    const goal = { kind, target: '4', targetHigh: '5', baseline: null };
    expect([limitText(goal, { unit: 'EUR/claim' }), limitText(goal, { unit: 'percent' })]).toEqual(
      goals[kind],
    );
  });

  it('becomes a promise with its deadline and where it starts', () => {
    const promise = (over: object) => promiseText(aCriterion(over), aMetric(), TODAY);
    expect(promise({})).toBe('Cost per claim: €12.50 or less by 29 March; now €18.40');
    expect(promise({ baseline: null })).toBe('Cost per claim: €12.50 or less by 29 March');
    expect(promise({ baseline: null, baselineKnownBy: '2026-01-26' })).toBe(
      'Cost per claim: €12.50 or less by 29 March; where it starts is known by 26 January',
    );
  });
});

describe('the word for a verdict', () => {
  const words: Record<(typeof VERDICTS)[number], [string, string, string]> = {
    met: ['at target so far', 'met', 'met'],
    on_track: ['on track', 'on track', 'on track'],
    too_early: ['too early to say', 'too early to say', 'too early to say'],
    at_risk: ['at risk', 'at risk', 'at risk'],
    stale: ['numbers out of date', 'numbers out of date', 'numbers out of date'],
    no_data: ['no numbers yet', 'no numbers yet', 'not shown'],
    off_track: ['off track', 'off track', 'off track'],
    regressed: ['slipped back', 'slipped back', 'slipped back'],
    missed: ['not met', 'not met', 'not met'],
  };
  const [entry] = standingOf(signedFacts(), [aValue()], 'UTC', daysLater(13)).criteria;
  const evaluation = entry?.evaluation;
  if (entry === undefined || evaluation === undefined || 'error' in evaluation) throw new Error('not judged');

  it.each(VERDICTS)('%s depends on whether it is over', (verdict) => {
    const said = (['live', 'closing', 'final'] as const).map((phase) =>
      verdictWord({ ...evaluation, verdict, phase }, 'required'),
    );
    expect(said).toEqual(words[verdict]);
  });

  it('is another one for a limit that holds, and for what cannot be judged', () => {
    const holding = { ...evaluation, verdict: 'on_track', reasons: ['holding'] } as const;
    expect(verdictWord(holding, 'guardrail')).toBe('holding');
    expect(verdictWord(holding, 'required')).toBe('on track');
    expect(verdictWord({ error: 'MISSING_BASELINE' }, 'required')).toBe('baseline to come');
    expect(verdictWord({ error: 'EMPTY_BAND' }, 'required')).toBe('cannot be judged');
  });

  it('stands beside what is measured and what was agreed', () => {
    const line = (over: Parameters<typeof aCriterion>[0], value: string) => {
      const facts = signedFacts({ criteria: [aCriterion(over)] });
      const standing = standingOf(facts, [aValue({ value })], 'UTC', daysLater(13));
      return standing.criteria.map((one) => plainLine(standingLine(one, TODAY))).join();
    };
    expect(line({}, '12.504')).toBe('Cost per claim: €12.504; agreed €12.50 or less by 29 March; on track');
    expect(line({ role: 'guardrail' }, '12.50')).toBe(
      'Must not get worse, Cost per claim: €12.50; agreed €12.50 or less by 29 March; holding',
    );
    expect(line({ role: 'informative' }, '12')).toBe(
      'Cost per claim: €12.00; agreed €12.50 or less by 29 March; at target so far (for information)',
    );
    expect(line({ kind: 'decrease_abs', baseline: null }, '12')).toBe(
      'Cost per claim: agreed down by €12.50 or more by 29 March; baseline to come',
    );
    expect(plainLine(standingLine(entry, TODAY, 'proposed'))).toMatch(/; proposed €12\.50 or less/);
  });

  it('comes with a number, a yes, a no, or nothing', () => {
    const shown = (over: object) => measuredText({ ...entry, evaluation: { ...evaluation, ...over } });
    expect(shown({ display: '€12.00' })).toBe('€12.00');
    expect(shown({ display: null, value: '12.0004', goal: '12' })).toBe('€12.0004');
    expect(shown({ value: true })).toBe('yes');
    expect(shown({ value: false })).toBe('no');
    expect(shown({ value: null })).toBeNull();
    expect(measuredText({ ...entry, evaluation: { error: 'EMPTY_BAND' } })).toBeNull();
  });
});

describe('where a charter stands', () => {
  const asked = { askedAt: 1, askedBy: 'U1' };
  it.each([
    [someFacts(), 'draft'],
    [someFacts({ charter: aVersion({ ...asked, status: 'asked' }) }), 'charter waits for signature'],
    [
      someFacts({ charter: aVersion({ ...asked, status: 'changes_requested' }) }),
      'charter: changes requested',
    ],
    [someFacts({ charter: aVersion({ ...asked, status: 'declined' }) }), 'charter declined'],
    [someFacts({ charter: aVersion({ ...asked, status: 'withdrawn' }) }), 'draft'],
    [signedFacts(), 'building'],
    [signedFacts({ pilot: { stage: 'measure' } }), 'measuring'],
    [signedFacts({ pilot: { stage: 'deploy' } }), 'going live'],
    [signedFacts({ pilot: { stage: 'expand' } }), 'live'],
    [signedFacts({ pilot: { pausedSince: 1 } }), 'paused'],
    [signedFacts({ pilot: { stage: 'stopped' } }), 'stopped'],
    [signedFacts({ signed: signedVersion(), charter: aVersion({ n: 2 }) }), 'version 2 in draft'],
    [
      signedFacts({ signed: signedVersion(), charter: aVersion({ n: 2, status: 'asked' }) }),
      'version 2 waits for signature',
    ],
    [
      signedFacts({ signed: signedVersion(), charter: aVersion({ n: 2, status: 'declined' }) }),
      'version 2 declined',
    ],
  ])('is said in a few words: %#', (facts, words) => {
    expect(statusWords(facts)).toBe(words);
    expect(titleOf(facts)).toBe(`Claims triage · ${words}`);
  });

  it('names people, and says when there is nobody', () => {
    expect(nameOf(NAMES, 'U0ANA000001')).toBe('Ana Costa');
    expect(nameOf(NAMES, 'U9')).toBe('U9');
    expect(nameOf(NAMES, null)).toBe('nobody yet');
    expect(nameOf(NAMES, undefined)).toBe('nobody yet');
  });
});
