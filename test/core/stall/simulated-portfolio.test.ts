import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../sandbox/server/random.ts';
import { CALM, type Life, live, reference, type Shape } from './simulated-pilot.ts';

// Pilots of all kinds: eight to sixteen weeks, an effect from the first day or from the first quarter on, up or down, averages
// as the form offers them or single values, typed or fed. Values scatter by 15 % of the way, one in ten comes late or never.
const PILOTS = 1000;
const SEEDS = [20261120, 1234567, 300000];
const WEATHER = { noise: 0.15, lateOrLost: 0.1 };

function shapeOf(seed: number, isStuck: boolean): Shape {
  const random = createRandom(seed);
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

describe.each(SEEDS)('two thousand pilots of all kinds, seed %i', (seed) => {
  let well: Pilot[] = [];
  let stuck: Pilot[] = [];

  beforeAll(() => {
    well = portfolio(seed, false);
    // Where the reference comes at the very end the decision comes first, and has a card of its own.
    stuck = portfolio(seed + PILOTS, true).filter((pilot) => pilot.reference <= pilot.shape.weeks - 2);
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

  // Over all their weeks. Most of these are judged by single values, against which the form advises at such a scatter.
  it('tell the owner of at most 8 % of the healthy ones that they do not move, 4 % of those judged by averages', () => {
    const isTold = ({ life }: Pilot) => life.found < Number.POSITIVE_INFINITY;
    expect(share(well, isTold)).toBeLessThanOrEqual(0.08);
    const averaged = well.filter(({ shape }) => shape.agg === 'mean');
    expect(share(averaged, isTold)).toBeLessThanOrEqual(0.04);
  });

  it('find at least 99 % of the stuck ones within two check-ins of the reference', () => {
    expect(foundWithin(2)).toBeGreaterThanOrEqual(0.99);
  });

  it('call the sponsor for at least 80 % of the stuck ones before the decision date', () => {
    expect(share(stuck, ({ life }) => life.sponsor < Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(0.8);
  });
});
