import { describe, expect, it } from 'vitest';
import { createPace, NO_LIMITS, SENDING_LIMITS } from '../../src/slack/pace.ts';

const T = 1_700_000_000_000;
const { methods, place } = SENDING_LIMITS;
const BULK = methods.post.perMinute - methods.post.kept;

describe('the pace', () => {
  it('lets no more through in any minute than Slack takes, and keeps some for answers', () => {
    const pace = createPace();
    for (let n = 0; n < BULK; n += 1) pace.took('post', T + n);
    expect(pace.room('post', T + 1000)).toBe(0);
    expect(pace.roomFrom('post', T + 1000)).toBe(T + 60_000);
    expect(pace.room('post', T + 1000, true)).toBe(methods.post.kept);
    expect(pace.roomFrom('post', T + 1000, true)).toBe(T + 1000);
    expect(pace.room('post', T + 60_000)).toBe(1);
    expect(pace.room('post', T + 60_000 + BULK)).toBe(BULK);
    expect(pace.room('edit', T + 1000)).toBe(methods.edit.perMinute);
  });

  it('lets a place have a few at once and then one at a time', () => {
    const pace = createPace();
    for (let n = 0; n < place.burst; n += 1) {
      expect(pace.placeFrom('C1', T)).toBe(T);
      pace.took('post', T, 'C1');
    }
    expect(pace.placeFrom('C1', T)).toBe(T + place.everyMs);
    expect(pace.fullPlaces(T)).toEqual(['C1']);
    expect(pace.placeFrom('C2', T)).toBe(T);
    expect(pace.fullPlaces(T + place.everyMs)).toEqual([]);
    expect(pace.placeFrom('C1', T + place.everyMs)).toBe(T + place.everyMs);
  });

  it('gives everyone who waits for a place a turn of their own, in the order of asking', () => {
    const pace = createPace();
    for (let n = 0; n < place.burst; n += 1) pace.took('post', T, 'C1');
    const turns = Array.from({ length: 400 }, () => pace.turn('C1', T, false));
    expect(turns).toEqual(turns.map((_, n) => T + (n + 1) * place.everyMs));
    // Whoever comes later does not overtake them, though the place is free at that instant.
    const first = turns[0] ?? 0;
    expect(pace.placeFrom('C1', first)).toBe(first);
    expect(pace.turn('C1', first, false)).toBe(T + 401 * place.everyMs);
    expect(pace.turn('C1', first, true)).toBe(first);
    pace.took('post', first, 'C1');
    // Who is late for a turn waits for the next one, and not behind all.
    expect(pace.turn('C1', first, true)).toBe(first + place.everyMs);
    expect(pace.turn('C1', first, true)).toBe(first + 2 * place.everyMs);
    expect(pace.turn('C2', first, false)).toBe(first);
  });

  it('forgets the turns that have passed', () => {
    const pace = createPace();
    for (let n = 0; n < place.burst; n += 1) pace.took('post', T, 'C1');
    expect(pace.turn('C1', T, false)).toBe(T + place.everyMs);
    expect(pace.turn('C1', T + place.everyMs, false)).toBe(T + place.everyMs);
    expect(pace.turn('C1', T - 5000, false)).toBe(T - 5000);
  });

  it('waits as long as Slack says, with that method only', () => {
    const pace = createPace();
    pace.toldToWait('post', T, 30_000);
    expect(pace.room('post', T + 29_999)).toBe(0);
    expect(pace.roomFrom('post', T + 1)).toBe(T + 30_000);
    expect(pace.room('post', T + 30_000)).toBe(BULK);
    expect(pace.room('edit', T)).toBe(methods.edit.perMinute);
  });

  it('is not held up by a clock that goes back', () => {
    const pace = createPace();
    for (let n = 0; n < BULK; n += 1) pace.took('post', T, 'C1');
    pace.toldToWait('post', T, 30_000);
    expect(pace.room('post', T - 5000)).toBe(BULK);
    expect(pace.placeFrom('C1', T - 5000)).toBe(T - 5000);
  });

  it('takes everything where there are no limits', () => {
    const pace = createPace(NO_LIMITS);
    for (let n = 0; n < 2000; n += 1) pace.took('post', T, 'C1');
    expect([pace.roomFrom('post', T), pace.placeFrom('C1', T)]).toEqual([T, T]);
  });
});
