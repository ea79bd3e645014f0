import { describe, expect, it } from 'vitest';
import {
  CASE_EVENTS,
  type CaseEvent,
  type CaseState,
  LEVELS,
  partsOf,
  RECIPIENTS,
  transition,
} from '../../../src/core/escalation.ts';
import vectors from '../../vectors/escalation.json' with { type: 'json' };

const table = vectors.table as Record<string, Record<string, { to: string; effects: string[] }>>;
const states = Object.keys(table) as CaseState[];

describe('the machine', () => {
  it('has the 37 states, 16 events and recipients of the vectors', () => {
    expect(states).toHaveLength(37);
    expect([...CASE_EVENTS]).toEqual(vectors.events);
    expect(RECIPIENTS).toEqual(vectors.recipients);
    expect(states).toContain(vectors.initial);
  });

  it.each(states)('agrees with the vectors in every cell of %s', (state) => {
    const row = Object.fromEntries(CASE_EVENTS.map((event) => [event, transition(state, event)]));
    expect(row).toEqual(table[state]);
  });

  it('gets from clear to every state, and to no other', () => {
    const reached = new Set<CaseState>(['CLEAR']);
    for (const state of reached) for (const event of CASE_EVENTS) reached.add(transition(state, event).to);
    expect([...reached].sort()).toEqual([...states].sort());
  });

  it('sends nothing while paused', () => {
    const paused = states.filter((state) => partsOf(state).isPaused);
    const effects = paused.flatMap((state) =>
      CASE_EVENTS.flatMap((event) => transition(state, event).effects),
    );
    expect(paused).toHaveLength(18);
    expect(effects.filter((effect) => /^(?:notify|renudge|tell)/.test(effect))).toEqual([]);
  });

  it('closes a case once, for ever, with one decision', () => {
    const decisions = states.flatMap((state) =>
      CASE_EVENTS.map((event) => transition(state, event))
        .filter(({ to }) => to === 'CLOSED' && state !== 'CLOSED')
        .map(({ effects }) => effects.filter((effect) => effect.startsWith('record_decision')).length),
    );
    expect(new Set(decisions)).toEqual(new Set([1]));
    expect(CASE_EVENTS.map((event) => transition('CLOSED', event))).toEqual(
      CASE_EVENTS.map(() => ({ to: 'CLOSED', effects: [] })),
    );
  });

  it('climbs one rung at most, except when harm is done', () => {
    const rung = (state: CaseState) => LEVELS.indexOf(partsOf(state).level ?? 'L1');
    const jumps = states.flatMap((state) =>
      CASE_EVENTS.filter((event) => event !== 'critical')
        .filter((event) => rung(transition(state, event).to) > rung(state) + 1)
        .map((event) => `${state} ${event}`),
    );
    expect(jumps).toEqual([]);
  });

  it('pings nobody because somebody acted', () => {
    const acts: CaseEvent[] = ['ack', 'snooze', 'decide', 'pause'];
    const effects = states.flatMap((state) => acts.flatMap((act) => transition(state, act).effects));
    expect(effects.filter((effect) => /^(?:notify|renudge)/.test(effect))).toEqual([]);
  });

  it('reaches the last rung when it is neglected and ends after two looks that are clear', () => {
    const run = (from: CaseState, ...events: CaseEvent[]) =>
      events.reduce((state, event) => transition(state, event).to, from);
    expect(run('CLEAR', 'cond_true', 'cond_true', 'sla_up', 'sla_up', 'sla_up')).toBe('L4');
    for (const state of states.filter((one) => partsOf(one).level !== null && !partsOf(one).isPaused)) {
      expect(run(state, 'cond_false', 'cond_false')).toBe('CLOSED');
    }
  });
});
