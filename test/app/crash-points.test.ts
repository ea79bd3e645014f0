/** Is every message said once, wherever the sender dies, and does the looking-up earn its keep? */
import { expect, it } from 'vitest';
import { type Deaths, type How, play, type Story } from '../support/crashing.ts';
import { onBothEngines } from '../support/databases.ts';

/** Said once and known to be. */
const isRight = ({ messages, outOfOrder }: Story): boolean =>
  outOfOrder === 0 && messages.every(({ times, state }) => times === 1 && state === 'sent');

/** Never twice, and open only where it does not stand: that something is not there is told by nobody. */
const isKnown = ({ messages, outOfOrder }: Story): boolean =>
  outOfOrder === 0 &&
  messages.every(({ times, state }) => (state === 'sent' ? times === 1 : state === 'unknown' && times === 0));

/** Nothing lost in silence and nothing repeated that must not be. */
const isVisible = ({ messages }: Story): boolean =>
  messages.every(
    ({ times, state }) => (state === 'sent' && times >= 1) || (state === 'unknown' && times <= 1),
  );

onBothEngines('a sender that dies', (openFresh, fresh) => {
  /** Every single and every double death; the second engine, which is slower, takes every third point. */
  async function enumerate(how: How, step = fresh.engine === 'sqlite' ? 1 : 3) {
    const db = await openFresh();
    const whole = await play(db, [], how);
    expect(isRight(whole)).toBe(true);
    const stories: { deaths: Deaths; story: Story }[] = [];
    for (let first = 1; first <= whole.passed; first += step) {
      const once = await play(db, [first], how);
      stories.push({ deaths: [first], story: once });
      for (let second = 1; second <= once.passed; second += step) {
        stories.push({ deaths: [first, second], story: await play(db, [first, second], how) });
      }
    }
    return { points: whole.passed, stories };
  }

  it('says everything once, whatever points it dies at, when it may look', { timeout: 240_000 }, async () => {
    const { points, stories } = await enumerate({ mayLook: true });
    expect(stories.filter(({ story }) => !isRight(story))).toEqual([]);
    // Deaths came about, and looking was needed.
    const died = stories.filter(({ deaths, story }) => story.died === deaths.length).length;
    // Over a network the order of what happens side by side varies, so that a second point may not be reached.
    expect(died).toBeGreaterThanOrEqual(fresh.engine === 'sqlite' ? stories.length : stories.length * 0.8);
    expect(stories.filter(({ story }) => story.looks > 0).length).toBeGreaterThan(points / 4);
    process.stdout.write(`${fresh.engine}: ${points} points, ${stories.length} stories, all right\n`);
  });

  it.each([
    ['before the answer', 0],
    ['after ten minutes', 600_000],
  ])(
    'says nothing twice and knows what stands when Slack tells it: %s',
    {
      timeout: 240_000,
    },
    async (_when, receiptsAfter) => {
      const { points, stories } = await enumerate({ receiptsAfter }, 3);
      expect(stories.filter(({ story }) => !isKnown(story))).toEqual([]);
      const right = stories.filter(({ story }) => isRight(story));
      expect(right.length).toBeGreaterThan(stories.length / 4);
      process.stdout.write(
        `${fresh.engine}: ${points} points, ${right.length} of ${stories.length} stories right by receipts\n`,
      );
    },
  );

  it('says everything once when Slack tells late and it may look', { timeout: 240_000 }, async () => {
    const { stories } = await enumerate({ mayLook: true, receiptsAfter: 600_000 }, 3);
    expect(stories.filter(({ story }) => !isRight(story))).toEqual([]);
  });

  it('repeats and leaves open when it may not look, and shows what it left', {
    timeout: 240_000,
  }, async () => {
    const { stories } = await enumerate({});
    const wrong = stories.filter(({ story }) => !isRight(story));
    expect(wrong.length).toBeGreaterThan(stories.length / 20);
    expect(wrong.some(({ story }) => story.messages.some(({ times }) => times > 1))).toBe(true);
    expect(wrong.some(({ story }) => story.messages.some(({ state }) => state === 'unknown'))).toBe(true);
    expect(stories.filter(({ story }) => !isVisible(story))).toEqual([]);
    process.stdout.write(
      `${fresh.engine}: ${wrong.length} of ${stories.length} stories wrong without looking\n`,
    );
  });
});
