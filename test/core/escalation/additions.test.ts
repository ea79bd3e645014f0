import { describe, expect, it } from 'vitest';
import { workingCalendar } from '../../../src/core/business-time.ts';
import {
  advance,
  delivered,
  handOver,
  newCase,
  reopen,
  timeoutOf,
  undeliverable,
} from '../../../src/core/escalation/advance.ts';
import { type Addressee, type Cause, ladderOf } from '../../../src/core/escalation/cause.ts';
import { addressing, type Copy, type Desk, fateOf } from '../../../src/core/escalation/delivery.ts';
import { openingOf } from '../../../src/core/escalation/opening.ts';
import type { Case, Chain, Happening } from '../../../src/core/escalation/record.ts';
import { type Act, type ActedOn, refusalOf } from '../../../src/core/escalation/refusal.ts';
import type { CaseState } from '../../../src/core/escalation.ts';

const CHAIN: Chain = {
  owner: 'ana',
  backup: 'ben',
  sponsor: 'sam',
  delegate: 'dee',
  office: ['olu'],
  person: 'sam',
};
const at = (text: string) => Date.parse(`2026-03-${text}Z`);
const when = (instant: number | null | undefined) =>
  instant === null || instant === undefined ? null : new Date(instant).toISOString().slice(8, 16);
const utc = workingCalendar({ zone: 'UTC' });
const around = { calendarOf: () => utc, cadenceDays: 7 };
const hour = 3_600_000;

/** A case lived from Monday 2 March 2026, 9:00; each line is an event at a time, or a delivery to somebody. */
function lived(
  cause: Cause,
  ...lines: [string, Happening['event'] | Addressee, Partial<Happening>?][]
): Case {
  let now = newCase(cause, CHAIN);
  for (const [time, what, more] of lines) {
    const roles: readonly string[] = ['owner', 'backup', 'sponsor', 'delegate', 'office', 'person'];
    if (roles.includes(what)) {
      const as = what as Addressee;
      const person = as === 'office' ? 'olu' : (CHAIN[as] ?? '');
      now = delivered(now, now.notice?.seq ?? 0, { person, as, at: at(time) }, around);
    } else {
      now = advance(now, { event: what as Happening['event'], at: at(time), ...more }, around).case;
    }
  }
  return now;
}

describe('the clock of a rung', () => {
  it('starts when the message reaches somebody who is asked', () => {
    const open = lived('progress', ['02T09:00', 'cond_true_immediate']);
    expect(open.clock).toEqual({ kind: 'sla', person: null, due: null });
    expect(timeoutOf(open, 4, at('30T09:00'))).toBeNull();
    const told = lived('progress', ['02T09:00', 'cond_true_immediate'], ['02T11:00', 'owner']);
    expect(when(told.clock?.due)).toBe('04T11:00');
    expect(timeoutOf(told, 4, at('04T10:59'))).toBeNull();
    expect(timeoutOf(told, 4, at('04T11:00'))).toBe('sla_up');
    expect(timeoutOf(told, 1, at('04T11:00'))).toBe('sla_capped');
  });

  it('is not started by those who read along', () => {
    const third = lived('progress', ['02T09:00', 'critical'], ['02T09:00', 'owner'], ['02T09:00', 'backup']);
    expect(third.clock?.due).toBeNull();
    expect(
      when(delivered(third, 1, { person: 'sam', as: 'sponsor', at: at('03T09:00') }, around).clock?.due),
    ).toBe('06T09:00');
    expect(delivered(third, 7, { person: 'sam', as: 'sponsor', at: 0 }, around)).toBe(third);
  });

  it('keeps what is left while the matter looks right', () => {
    const resolving = lived(
      'progress',
      ['02T09:00', 'cond_true_immediate'],
      ['02T11:00', 'owner'],
      ['03T11:00', 'cond_false'],
    );
    expect(resolving.frozen).toEqual({ kind: 'sla', person: 'ana', left: 8 * hour });
    expect(resolving.clock).toBeNull();
    const back = advance(resolving, { event: 'cond_true', at: at('10T12:00') }, around).case;
    expect(when(back.clock?.due)).toBe('11T12:00');
    expect(back.frozen).toBeNull();
  });

  it('is full again when the matter comes back after a plan or a snooze, which are over', () => {
    const lines: Parameters<typeof lived>[1][] = [
      ['02T09:00', 'cond_true_immediate'],
      ['02T11:00', 'owner'],
    ];
    for (const act of ['ack', 'snooze'] as const) {
      const back = lived(
        'progress',
        ...lines,
        ['03T11:00', act, { until: at('20T17:00'), by: 'ana' }],
        ['04T11:00', 'cond_false'],
        ['05T11:00', 'cond_true'],
      );
      expect([back.state, back.clock?.kind, when(back.clock?.due)]).toEqual(['L1', 'sla', '09T11:00']);
    }
  });

  it('has a working day at least after a pause, and waits for delivery where it had not begun', () => {
    const paused = lived(
      'progress',
      ['02T09:00', 'cond_true_immediate'],
      ['02T11:00', 'owner'],
      ['04T10:00', 'pause'],
      ['11T10:00', 'resume'],
    );
    expect(when(paused.clock?.due)).toBe('12T10:00');
    const unsent = lived(
      'progress',
      ['02T09:00', 'cond_true_immediate'],
      ['02T10:00', 'pause'],
      ['11T10:00', 'resume'],
    );
    expect(unsent.clock).toEqual({ kind: 'sla', person: null, due: null });
    const resolving = lived(
      'progress',
      ['02T09:00', 'cond_true_immediate'],
      ['02T11:00', 'owner'],
      ['03T11:00', 'cond_false'],
      ['04T10:00', 'pause'],
      ['11T10:00', 'resume'],
    );
    expect([resolving.state, resolving.clock, resolving.frozen?.left]).toEqual([
      'RESOLVING(L1)',
      null,
      8 * hour,
    ]);
  });

  it('of a plan that runs out climbs as far as the matter weighs', () => {
    const planned = lived(
      'progress',
      ['02T09:00', 'cond_true_immediate'],
      ['03T09:00', 'ack', { until: at('06T17:00') }],
    );
    expect(timeoutOf(planned, 4, at('06T17:00'))).toBe('plan_overdue_up');
    expect(timeoutOf(planned, 1, at('06T17:00'))).toBe('plan_overdue_capped');
    const snoozed = lived(
      'progress',
      ['02T09:00', 'cond_true_immediate'],
      ['03T09:00', 'snooze', { until: at('06T09:00') }],
    );
    expect(timeoutOf(snoozed, 4, at('06T09:00'))).toBe('snooze_over');
    expect(() => lived('progress', ['02T09:00', 'cond_true_immediate'], ['03T09:00', 'ack'])).toThrow(
      RangeError,
    );
  });

  it('asks the same again only a step of the rhythm later, on the last rung every week', () => {
    const again = lived(
      'progress',
      ['02T09:00', 'cond_true_immediate'],
      ['02T11:00', 'owner'],
      ['04T11:00', 'sla_capped'],
    );
    expect([again.notice?.kind, when(again.notice?.notBefore)]).toEqual(['renudge', '09T11:00']);
    const monthly = { ...around, cadenceDays: 28 };
    const last = lived(
      'progress',
      ['02T09:00', 'critical'],
      ['02T11:00', 'sponsor'],
      ['05T11:00', 'sla_up'],
      ['05T12:00', 'office'],
    );
    const weekly = advance(last, { event: 'sla_up', at: at('12T12:00') }, monthly).case;
    expect(when(weekly.notice?.notBefore)).toBe('12T12:00');
  });
});

describe('what the machine does not say', () => {
  it('what is back within twenty working days begins with owner and backup', () => {
    const { case: again } = advance(
      newCase('progress', CHAIN),
      { event: 'reopen', at: at('02T09:00') },
      around,
    );
    expect([again.state, again.openedAt, again.notice?.level]).toEqual(['L2', at('02T09:00'), 'L2']);
    const states: CaseState[] = ['PENDING', 'L3', 'ACKED(L1)', 'PAUSED(CLEAR)', 'CLOSED'];
    expect(states.map((state) => reopen(state).to)).toEqual([
      'L2',
      'L3',
      'ACKED(L1)',
      'PAUSED(CLEAR)',
      'CLOSED',
    ]);
  });

  it('a case that is handed over stays on its rung and asks the new person with a full clock', () => {
    const third = lived(
      'progress',
      ['02T09:00', 'critical'],
      ['02T09:00', 'sponsor'],
      ['03T09:00', 'ack', { until: at('20T09:00') }],
    );
    const moved = handOver(third, { sponsor: 'sue' }, at('04T09:00'), around);
    expect(moved.case).toMatchObject({
      state: 'L3',
      clock: { kind: 'sla', due: null },
      frozen: null,
      closed: null,
    });
    expect(moved.effects).toEqual(['cancel:all', 'notify:L3', 'timer:sla:L3']);
    expect(moved.case.notice?.seq).toBeGreaterThan(third.notice?.seq ?? 0);
    expect(moved.case.chain.sponsor).toBe('sue');
  });

  it('a hand-over of somebody who is not asked changes the chain only', () => {
    const third = lived('progress', ['02T09:00', 'critical'], ['02T09:00', 'sponsor']);
    const moved = handOver(third, { owner: 'abe' }, at('04T09:00'), around);
    expect(moved).toEqual({
      case: { ...third, revision: third.revision + 1, chain: { ...CHAIN, owner: 'abe' } },
      effects: [],
    });
  });

  it('a hand-over while paused or resolving sends nothing yet and asks in full later', () => {
    const open: Parameters<typeof lived>[1][] = [
      ['02T09:00', 'critical'],
      ['02T09:00', 'sponsor'],
    ];
    const paused = handOver(
      lived('progress', ...open, ['03T09:00', 'pause']),
      { sponsor: 'sue' },
      at('04T09:00'),
      around,
    );
    expect([paused.case.state, paused.effects, paused.case.clock]).toEqual(['PAUSED(L3)', [], null]);
    expect(advance(paused.case, { event: 'resume', at: at('05T09:00') }, around).case.clock?.due).toBeNull();
    const calm = handOver(
      lived('progress', ...open, ['03T09:00', 'cond_false']),
      { sponsor: 'sue' },
      at('04T09:00'),
      around,
    );
    expect([calm.case.state, calm.effects]).toEqual(['RESOLVING(L3)', []]);
    const back = advance(calm.case, { event: 'cond_true', at: at('05T09:00') }, around).case;
    expect([back.state, back.clock, back.notice?.delivered]).toEqual([
      'L3',
      { kind: 'sla', person: null, due: null },
      [],
    ]);
  });

  it('a message that reaches nobody who is asked climbs', () => {
    const second = lived(
      'progress',
      ['02T09:00', 'cond_true_immediate'],
      ['02T09:00', 'owner'],
      ['04T09:00', 'sla_up'],
    );
    const seq = second.notice?.seq ?? 0;
    const one = undeliverable(second, seq, 'owner', at('04T09:00'), around);
    expect([one.case.state, one.effects]).toEqual(['L2', []]);
    expect(undeliverable(one.case, seq, 'owner', at('04T09:00'), around).case).toBe(one.case);
    const both = undeliverable(one.case, seq, 'backup', at('04T09:00'), around);
    expect([both.case.state, both.effects]).toEqual(['L3', ['notify:L3', 'timer:sla:L3']]);
    const reached = delivered(second, seq, { person: 'ben', as: 'backup', at: at('04T09:00') }, around);
    expect(
      undeliverable(undeliverable(reached, seq, 'owner', 0, around).case, seq, 'backup', 0, around).case
        .state,
    ).toBe('L2');
  });

  it('a closed case says how it ended', () => {
    const open: Parameters<typeof lived>[1] = ['02T09:00', 'cond_true_immediate'];
    const closing = { as: 'false_alarm', decision: null } as const;
    expect(lived('progress', open, ['03T09:00', 'decide', { closing }]).closed).toEqual({
      ...closing,
      at: at('03T09:00'),
    });
    expect(lived('progress', open, ['03T09:00', 'cond_false'], ['04T09:00', 'cond_false']).closed?.as).toBe(
      'resolved',
    );
    expect(lived('progress', open, ['03T09:00', 'pause'], ['04T09:00', 'pilot_ended']).closed?.as).toBe(
      'pilot_ended',
    );
  });
});

describe('who is asked', () => {
  const desk = (away: Record<string, [string, string, string | null]> = {}, gone: string[] = []): Desk => ({
    calendarOf: (person) => {
      const leave = away[person];
      return workingCalendar({
        zone: 'UTC',
        slot: person === 'sam' ? '08:30' : '09:00',
        leave:
          leave === undefined
            ? []
            : [{ from: `2026-03-${leave[0]}`, until: `2026-03-${leave[1]}`, delegate: leave[2] }],
      });
    },
    isThere: (person) => !gone.includes(person),
    lastSponsorDay: () => null,
  });
  const roles = (cause: Cause, level: 'L1' | 'L2' | 'L3' | 'L4', what: Desk) => {
    const { copies, nobody } = addressing({ cause, chain: CHAIN }, { level }, what, at('04T09:00'));
    return [copies.map(({ person, as, asked }) => `${person} ${as}${asked ? '' : ' copy'}`), nobody];
  };

  it('follows the rung and the cause', () => {
    expect(roles('progress', 'L3', desk())).toEqual([
      ['sam sponsor', 'ana owner copy', 'ben backup copy'],
      [],
    ]);
    expect(roles('decision_overdue', 'L1', desk())).toEqual([['sam person'], []]);
    expect(roles('signature', 'L3', desk())).toEqual([['dee delegate'], []]);
    expect(roles('progress', 'L4', desk())).toEqual([['dee delegate', 'olu office', 'sam sponsor'], []]);
  });

  it('is whoever stands in, once, and never a stand-in who is away', () => {
    expect(roles('progress', 'L2', desk({ ana: ['02', '31', null] }))).toEqual([['ben owner'], []]);
    expect(roles('progress', 'L1', desk({ ana: ['02', '31', 'zoe'] }))).toEqual([['zoe owner'], []]);
    const bothAway = desk({ sam: ['02', '31', 'dee'], dee: ['02', '31', 'zoe'] });
    expect(roles('decision_overdue', 'L1', bothAway)).toEqual([[], ['person']]);
  });

  it('is one copy for a sponsor who is their own delegate, in the role in which they are asked', () => {
    const both = { ...CHAIN, delegate: CHAIN.sponsor, office: [] };
    const find = (cause: Cause, level: 'L1' | 'L3' | 'L4') =>
      addressing({ cause, chain: both }, { level }, desk(), at('04T09:00')).copies.map(
        ({ person, as, asked }) => `${person} ${as}${asked ? '' : ' copy'}`,
      );
    expect(find('progress', 'L3')).toEqual(['sam sponsor', 'ana owner copy', 'ben backup copy']);
    expect(find('progress', 'L4')).toEqual(['sam delegate']);
    expect(find('decision_overdue', 'L3')).toEqual(['sam delegate']);
  });

  it('waits a week for somebody without a stand-in, not longer', () => {
    const alone = { ...CHAIN, backup: null };
    const find = (until: string) =>
      addressing(
        { cause: 'progress', chain: alone },
        { level: 'L1' },
        desk({ ana: ['02', until, null] }),
        at('04T09:00'),
      );
    expect(find('11').copies).toHaveLength(1);
    expect(find('12')).toEqual({ copies: [], nobody: ['owner'] });
    expect(roles('progress', 'L1', desk({}, ['ana']))).toEqual([[], ['owner']]);
  });

  it('is the sponsor only on the working day after the owner', () => {
    const third = lived(
      'progress',
      ['02T09:00', 'cond_true_immediate'],
      ['02T09:00', 'sla_up'],
      ['06T10:00', 'sla_up'],
    );
    const sponsor: Copy = { person: 'sam', as: 'sponsor', asked: true };
    const seq = third.notice?.seq ?? 0;
    expect(fateOf(third, seq, sponsor, desk(), at('06T10:00'))).toEqual({ fate: 'hold', until: null });
    const told = delivered(third, seq, { person: 'ana', as: 'owner', at: at('06T16:00') }, around);
    expect(fateOf(told, seq, sponsor, desk(), at('06T16:00'))).toEqual({
      fate: 'hold',
      until: at('09T08:30'),
    });
    expect(fateOf(told, seq, sponsor, desk(), at('09T08:30'))).toEqual({ fate: 'send' });
    expect(fateOf(third, seq, sponsor, desk({}, ['ana', 'ben']), at('09T08:30'))).toEqual({ fate: 'send' });
    const busy = { ...desk(), lastSponsorDay: () => '2026-03-09' };
    expect(fateOf(told, seq, sponsor, busy, at('09T08:30'))).toEqual({ fate: 'hold', until: at('10T08:30') });
  });

  it('is neither the sponsor nor the office while there is time to sign the first charter, unless harm is done', () => {
    const third = lived(
      'progress',
      ['02T09:00', 'cond_true_immediate'],
      ['02T09:00', 'sla_up'],
      ['06T10:00', 'sla_up'],
    );
    const sponsor: Copy = { person: 'sam', as: 'sponsor', asked: true };
    const office: Copy = { person: 'olu', as: 'office', asked: true };
    const told = delivered(third, 3, { person: 'ana', as: 'owner', at: at('06T16:00') }, around);
    const asking = (isCritical: boolean): Case => {
      const { notice } = told;
      if (notice === null) throw new Error('nothing is out');
      return { ...told, notice: { ...notice, isCritical, sponsorFrom: at('12T00:00') } };
    };
    const seq = told.notice?.seq ?? 0;
    const late = { fate: 'hold', until: at('12T08:30') };
    expect(fateOf(asking(false), seq, sponsor, desk(), at('09T10:00'))).toEqual(late);
    expect(fateOf(asking(false), seq, sponsor, desk(), at('12T10:00'))).toEqual({ fate: 'send' });
    expect(fateOf(asking(false), seq, office, desk(), at('09T10:00')).fate).toBe('hold');
    expect(fateOf(asking(true), seq, sponsor, desk(), at('09T10:00'))).toEqual({ fate: 'send' });
    // It is part of every notice while it is so, of what weighs something only.
    const waits = { ...around, sponsorFrom: at('12T00:00') };
    const begun = (cause: Cause) =>
      advance(newCase(cause, CHAIN), { event: 'cond_true_immediate', at: at('02T09:00'), seen: 0 }, waits)
        .case;
    expect(begun('progress').notice?.sponsorFrom).toBe(at('12T00:00'));
    expect(begun('signature').notice).not.toHaveProperty('sponsorFrom');
  });

  it('is everybody at once when harm is done, in their hours', () => {
    const third = lived('progress', ['02T09:00', 'critical']);
    const sponsor: Copy = { person: 'sam', as: 'sponsor', asked: true };
    expect(third.notice?.isCritical).toBe(true);
    expect(fateOf(third, 1, sponsor, desk(), at('02T11:00'))).toEqual({ fate: 'send' });
    expect(fateOf(third, 1, sponsor, desk(), at('02T18:00'))).toEqual({
      fate: 'hold',
      until: at('03T08:30'),
    });
  });

  it('is nobody once the case has moved on', () => {
    const owner: Copy = { person: 'ana', as: 'owner', asked: true };
    const open = lived('progress', ['02T09:00', 'cond_true_immediate']);
    const fate = (one: Case, seq = 1) => fateOf(one, seq, owner, desk(), at('02T10:00')).fate;
    const next = (event: Happening['event']) =>
      advance(open, { event, at: at('02T09:30'), until: at('09T09:00') }, around).case;
    expect(fate(open)).toBe('send');
    expect([fate(next('ack')), fate(next('snooze')), fate(next('decide')), fate(next('sla_up'))]).toEqual([
      'drop',
      'drop',
      'drop',
      'drop',
    ]);
    expect([fate(next('pause')), fate(next('cond_false'))]).toEqual(['hold', 'hold']);
    expect(fate(delivered(open, 1, { person: 'ana', as: 'owner', at: 0 }, around))).toBe('drop');
  });
});

describe('an act that is refused', () => {
  const on = (more: Partial<ActedOn> = {}): ActedOn => ({
    cause: 'progress',
    state: 'L1',
    extensions: 0,
    snoozes: 0,
    isExtended: false,
    isSponsorTold: false,
    ...more,
  });
  const ack = (days = 3, next = 'ask Finance IT'): Act => ({ act: 'ack', next, days });
  const snooze = (days = 3, reason = 'fair'): Act => ({ act: 'snooze', reason, days });
  const close: Act = { act: 'close', as: 'accepted_risk' };
  const over: Act = { act: 'close', as: 'resolved' };
  const wrong: Act = { act: 'close', as: 'false_alarm' };
  const decide = (decision: 'extend' | 'unblock' | 'stop' | 'go'): Act => ({ act: 'decide', decision });

  it.each<[string, Act, Addressee, Partial<ActedOn>, string | null]>([
    ['a plan of the owner', ack(), 'owner', {}, null],
    ['a plan without a step', ack(3, '  '), 'owner', {}, 'needs_next_step'],
    ['a plan without a date', ack(Number.NaN), 'owner', {}, 'needs_date'],
    ['a plan for a quarter', ack(60), 'owner', {}, 'too_long'],
    ['a plan moved a third time', ack(), 'owner', { state: 'ACKED(L1)', extensions: 2 }, 'too_often'],
    ['a plan of the owner on the rung of the sponsor', ack(), 'owner', { state: 'L3' }, 'not_yours'],
    ['a plan of the sponsor there', ack(), 'sponsor', { state: 'L3' }, null],
    ['a plan against purgatory', ack(), 'sponsor', { cause: 'purgatory', state: 'L3' }, 'not_for_this'],
    ['a plan for an overdue decision', ack(), 'person', { cause: 'decision_overdue' }, null],
    ['a plan of the owner for what the sponsor owes', ack(), 'owner', { cause: 'signature' }, 'not_yours'],
    ['a snooze', snooze(10), 'owner', {}, null],
    ['a snooze without a reason', snooze(3, ''), 'owner', {}, 'needs_reason'],
    ['a snooze of eleven days', snooze(11), 'owner', {}, 'too_long'],
    ['a third snooze', snooze(), 'owner', { snoozes: 2 }, 'too_often'],
    ['a snooze of the owner from the third rung', snooze(), 'backup', { state: 'L3' }, 'not_yours'],
    ['a snooze of the office there', snooze(), 'office', { state: 'L3' }, null],
    ['a snooze of an overdue decision', snooze(), 'person', { cause: 'decision_overdue' }, 'not_for_this'],
    ['a snooze of purgatory', snooze(), 'sponsor', { cause: 'purgatory' }, 'not_for_this'],
    ['a false alarm, says the owner, before the sponsor hears', wrong, 'owner', { state: 'L3' }, null],
    ['a false alarm after that', wrong, 'owner', { state: 'L3', isSponsorTold: true }, 'not_yours'],
    ['a risk accepted by the owner', close, 'owner', { state: 'L3' }, 'not_yours'],
    ['a risk accepted', close, 'sponsor', { state: 'L3' }, null],
    ['what looks right, closed by its owner', over, 'owner', { state: 'RESOLVING(L2)' }, null],
    ['the same with the sponsor', over, 'owner', { state: 'RESOLVING(L3)' }, 'not_yours'],
    ['the same by the sponsor', over, 'sponsor', { state: 'RESOLVING(L3)' }, null],
    ['what does not look right', over, 'sponsor', { state: 'L3' }, 'not_resolving'],
    ['the same while it rests', over, 'sponsor', { state: 'PAUSED(RESOLVING(L3))' }, 'paused'],
    ['purgatory closed', over, 'sponsor', { cause: 'purgatory', state: 'RESOLVING(L3)' }, 'not_for_this'],
    ['purgatory accepted', close, 'sponsor', { cause: 'purgatory' }, 'not_for_this'],
    ['a decision of the owner', decide('unblock'), 'owner', {}, 'not_yours'],
    ['a decision on a paused pilot', decide('stop'), 'sponsor', { state: 'PAUSED(L3)' }, null],
    ['a plan on a paused pilot', ack(), 'owner', { state: 'PAUSED(L1)' }, 'paused'],
    ['a second extension', decide('extend'), 'sponsor', { isExtended: true }, 'extension_used'],
    ['an unblock of purgatory', decide('unblock'), 'sponsor', { cause: 'purgatory' }, 'not_for_this'],
    ['a go before the decision is due', decide('go'), 'sponsor', {}, 'not_for_this'],
    ['anything after the end', ack(), 'owner', { state: 'CLOSED' }, 'closed'],
    ['anything before the beginning', snooze(), 'owner', { state: 'PENDING' }, 'not_open'],
    ['a snooze of what looks right', snooze(), 'owner', { state: 'RESOLVING(L1)' }, 'not_open'],
  ])('%s', (_name, act, as, more, refusal) => {
    expect(refusalOf(act, as, on(more))).toBe(refusal);
  });
});

describe('a cause that has had a case', () => {
  const finding = { weight: 2, isSure: true, isCritical: false };
  const ended = (as: 'resolved' | 'decided' | 'false_alarm' | 'pilot_ended', hasCleared = false) => ({
    as,
    at: at('02T12:00'),
    weight: 2,
    hasCleared,
  });

  it('comes back one rung higher, for twenty working days', () => {
    expect(openingOf(ended('resolved', true), finding, utc, at('30T12:00'))).toBe('reopen');
    expect(openingOf(ended('resolved', true), finding, utc, at('31T12:00'))).toBe('open');
  });

  it('stays quiet after a decision while it is the same', () => {
    expect(openingOf(ended('decided'), finding, utc, at('10T12:00'))).toBe('quiet');
    expect(openingOf(ended('false_alarm'), { ...finding, weight: 4 }, utc, at('10T12:00'))).toBe('open');
    expect(openingOf(ended('false_alarm', true), finding, utc, at('10T12:00'))).toBe('open');
    expect(openingOf(ended('decided'), { ...finding, isCritical: true }, utc, at('10T12:00'))).toBe('open');
    expect(openingOf(ended('decided'), finding, utc, at('31T12:00'))).toBe('open');
    expect(openingOf(ended('pilot_ended'), finding, utc, at('10T12:00'))).toBe('open');
  });
});

describe('a request for one press', () => {
  it('is with a delegate after three working days, a decision after five, then with the office', () => {
    const days = (cause: Cause) => ladderOf(cause).L1.days + ladderOf(cause).L2.days;
    expect([days('signature'), days('gate'), days('decision_overdue')]).toEqual([3, 3, 5]);
    expect(ladderOf('gate').L4.to).toEqual(['office']);
    const signature = lived('signature', ['02T09:00', 'cond_true_immediate'], ['02T09:00', 'person']);
    expect(timeoutOf(signature, 0, at('04T09:00'))).toBe('sla_up');
  });
});
