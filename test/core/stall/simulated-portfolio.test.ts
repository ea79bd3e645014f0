import { beforeAll, describe, expect, it } from 'vitest';
import { CALM, chance, type Life, live, reference, type Shape } from './simulated-pilot.ts';

// Pilots of all kinds: eight to sixteen weeks, an effect from the first day or from the first quarter on, up or down, averages
// as the form offers them or single values, typed or fed. Values scatter by 15 % of the way, one in ten comes late or never.
const PILOTS = 1000;
const SEED = 20261120;
const WEATHER = { noise: 0.15, lateOrLost: 0.1 };

function shapeOf(seed: number, isStuck: boolean): Shape {
  const random = chance(seed);
  const weeks = 8 + Math.floor(9 * random());
  return {
    weeks,
    first: random() < 0.5 ? 0 : Math.round(weeks / 4),
    kind: random() < 0.5 ? 'at_least' : 'at_most',
    agg: random() < 0.7 ? 'mean' : 'latest',
    isFed: random() < 0.5,
    // Those that stop do so somewhere in the first two fifths of the way.
    stop: isStuck ? 0.4 * random() : null,
  };
}

interface Pilot {
  readonly shape: Shape;
  readonly reference: number;
  readonly life: Life;
}

const portfolio = (seed: number, isStuck: boolean): Pilot[] =>
  Array.from({ length: PILOTS }, (_, index) => {
    const shape = shapeOf(seed + index, isStuck);
    return { shape, reference: reference(shape), life: live(shape, WEATHER, 7 * (seed + index)) };
  });

const share = (pilots: readonly Pilot[], is: (pilot: Pilot) => boolean): number =>
  pilots.filter(is).length / pilots.length;

describe(`two thousand pilots of all kinds, seed ${SEED}`, () => {
  let well: Pilot[] = [];
  let stuck: Pilot[] = [];

  beforeAll(() => {
    well = portfolio(SEED, false);
    // Where the reference comes at the very end the decision comes first, and has a card of its own.
    stuck = portfolio(SEED + PILOTS, true).filter((pilot) => pilot.reference <= pilot.shape.weeks - 2);
  });

  const foundWithin = (checkIns: number) =>
    share(stuck, ({ life, reference: from }) => life.found <= from + checkIns);

  it('are what they are called: the healthy ones never off track without noise, the stuck ones always', () => {
    expect(share(well, ({ reference: from }) => from === Number.POSITIVE_INFINITY)).toBe(1);
    expect(
      well.slice(0, 100).every(({ shape }) => live(shape, CALM, 1).offTwice === Number.POSITIVE_INFINITY),
    ).toBe(true);
    expect(stuck.length).toBeGreaterThan(0.9 * PILOTS);
  });

  it('call a sponsor for at most 3 % of the healthy ones, even where the owner never answers', () => {
    expect(share(well, ({ life }) => life.sponsor < Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(0.03);
  });

  it('tell the owner of at most 6 % of the healthy ones that they do not move', () => {
    expect(share(well, ({ life }) => life.found < Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(0.06);
  });

  // Two looks running have to agree before anybody is told, so chance costs some of them a third check-in.
  it('find at least 96 % of the stuck ones within two check-ins of the reference, 98 % within three', () => {
    expect(foundWithin(2)).toBeGreaterThanOrEqual(0.96);
    expect(foundWithin(3)).toBeGreaterThanOrEqual(0.98);
  });

  it('call the sponsor for at least 80 % of the stuck ones before the decision date', () => {
    expect(share(stuck, ({ life }) => life.sponsor < Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(0.8);
  });
});
