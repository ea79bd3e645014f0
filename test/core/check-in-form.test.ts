import { describe, expect, it } from 'vitest';
import { changeOf, differencesOf } from '../../src/core/check-in-change.ts';
import { checkInForm, numberStates } from '../../src/core/check-in-form.ts';
import type { Criterion, Metric, PilotFacts, RecordedValue } from '../../src/core/pilot-facts.ts';

const metric = (id: string, reporter: string | null = null) =>
  ({ id, key: id, name: id, unit: 'count', cadence: 'week', reporter, source: 'typed' }) as Metric;
const criterion = (id: string, role: string, position: number, deadline = '2026-03-29') =>
  ({ id: `${id}-${role}`, version: 1, role, position, metric: id, deadline, closingDays: 5 }) as Criterion;
const value = (id: string, periodEnd: string, text: string) =>
  ({
    id: `${id}${periodEnd}`,
    metric: id,
    periodEnd,
    value: text,
    recordedAt: 1,
    withdrawn: false,
  }) as RecordedValue;

const facts = (criteria: Criterion[], metrics: Metric[]) =>
  ({
    charter: { n: 1, fields: { start: '2026-01-05' } },
    signed: { n: 1, fields: { start: '2026-01-05' } },
    metrics,
    criteria,
  }) as unknown as PilotFacts;

const many = ['harm', 'note', 'a', 'b', 'c', 'd'];
const roles = ['guardrail', 'informative', 'required', 'required', 'required', 'required'];
const wide = facts(
  many.map((id, index) => criterion(id, roles[index] ?? '', index)),
  many.map((id) => metric(id)),
);
const names = (numbers: readonly { metric: Metric }[]) => numbers.map((number) => number.metric.id);

describe('the numbers of a check-in', () => {
  it('are the three required ones that are missing, the rest under more', () => {
    const form = checkInForm(numberStates(wide, [], '2026-01-15'), new Set(), () => true);
    expect(names(form.fields)).toEqual(['a', 'b', 'c']);
    expect(names(form.more)).toEqual(['d', 'harm', 'note']);
    expect(form.isOnlyView).toBe(false);
  });

  it('leave out what is there, what a source brings and what somebody else reports', () => {
    const values = [value('a', '2026-01-12', '7'), value('b', '2026-01-19', '8')];
    const states = numberStates(wide, values, '2026-01-15');
    const form = checkInForm(states, new Set(['c']), ({ id }) => id !== 'd');
    expect(names(form.fields)).toEqual(['b']);
    expect(names(form.arrived)).toEqual(['a']);
    expect(names(form.more)).toEqual(['harm', 'note']);
  });

  it('need no form when there is nothing to type', () => {
    const form = checkInForm(numberStates(wide, [], '2026-01-15'), new Set(many), () => true);
    expect(form).toMatchObject({ fields: [], more: [], isOnlyView: true });
  });

  it('come with the period and the value before', () => {
    const [state] = numberStates(
      facts([criterion('a', 'required', 0)], [metric('a')]),
      [value('a', '2026-01-12', '7')],
      '2026-01-20',
    );
    expect(state?.period).toEqual({ number: 2, start: '2026-01-12', end: '2026-01-19' });
    expect(state?.value).toBeNull();
    expect(state?.last?.value).toBe('7');
  });

  it('ask once for a metric of several criteria, by the weightiest', () => {
    const two = facts([criterion('a', 'guardrail', 0), criterion('a', 'required', 1)], [metric('a')]);
    const states = numberStates(two, [], '2026-01-15');
    expect(states.map((state) => state.criterion.role)).toEqual(['required']);
  });

  it('are asked for until the data of the last period that counts may come, and not after', () => {
    const one = facts([criterion('a', 'required', 0)], [metric('a')]);
    const on = (today: string, values: RecordedValue[] = []) => {
      const [state] = numberStates(one, values, today);
      const form = checkInForm(state === undefined ? [] : [state], new Set(), () => true);
      return [state?.period.end, names(form.fields), names(form.over), form.isOnlyView];
    };
    expect(on('2026-03-29')).toEqual(['2026-03-23', ['a'], [], false]);
    expect(on('2026-03-30')).toEqual(['2026-03-30', ['a'], [], false]);
    // The week after the deadline ends on the 6th; until the 3rd the last week that counts may still come.
    expect(on('2026-04-03')).toEqual(['2026-03-30', ['a'], [], false]);
    expect(on('2026-04-04')).toEqual(['2026-03-30', [], ['a'], true]);
    expect(on('2026-04-20')).toEqual(['2026-03-30', [], ['a'], true]);
    expect(on('2026-04-02', [value('a', '2026-03-30', '7')])).toEqual(['2026-03-30', [], [], true]);
  });

  it('go by the next criterion on the same metric once the weightiest is over', () => {
    const two = facts(
      [criterion('a', 'required', 0), criterion('a', 'guardrail', 1, '2026-06-28')],
      [metric('a')],
    );
    const [state] = numberStates(two, [], '2026-04-20');
    expect(state).toMatchObject({
      criterion: { role: 'guardrail' },
      period: { end: '2026-04-20' },
      countedUntil: null,
    });
    expect(numberStates(two, [], '2026-07-20')[0]).toMatchObject({
      criterion: { role: 'required' },
      countedUntil: '2026-03-29',
    });
  });

  it('are none before the first period has ended', () => {
    expect(numberStates(wide, [], '2026-01-11')).toEqual([]);
    expect(names(numberStates(wide, [], '2026-01-12'))).toHaveLength(6);
  });
});

describe('a change of a check-in', () => {
  it('is an edit for three days while it is the newest', () => {
    const day = 86_400_000;
    expect([0, 3 * day].map((now) => changeOf(0, false, now))).toEqual(['edit', 'edit']);
    expect(changeOf(0, false, 3 * day + 1)).toBe('amendment');
    expect(changeOf(0, true, 1)).toBe('amendment');
  });

  it('shows what differs, whatever the order of the keys', () => {
    const before = { view: 'green', values: { cost: '12', time: '3' }, ask: 'help' };
    const after = { values: { time: '3', cost: '12' }, view: 'red', note: 'stuck' };
    expect(differencesOf(before, after)).toEqual([
      { field: 'ask', before: 'help', after: null },
      { field: 'note', before: null, after: 'stuck' },
      { field: 'view', before: 'green', after: 'red' },
    ]);
  });
});
