/** Is every message said once, wherever the sender dies, and does the looking-up earn its keep? */
import { expect, it } from 'vitest';
import { type Deaths, play, type Story } from '../support/crashing.ts';
import { onBothEngines } from '../support/databases.ts';

/** Said once and known to be. */
const isRight = ({ messages, outOfOrder }: Story): boolean =>
  outOfOrder === 0 && messages.every(({ times, state }) => times === 1 && state === 'sent');

/** Nothing lost in silence and nothing repeated that must not be. */
const isVisible = ({ messages }: Story): boolean =>
  messages.every(
    ({ times, state }) => (state === 'sent' && times >= 1) || (state === 'unknown' && times <= 1),
  );

onBothEngines('a sender that dies', (openFresh, fresh) => {
  /** Every single and every double death; the second engine, which is slower, takes every third point. */
  async function enumerate(mayLook: boolean) {
    const db = await openFresh();
    const step = fresh.engine === 'sqlite' ? 1 : 5;
    const whole = await play(db, [], mayLook);
    expect(isRight(whole)).toBe(true);
    const stories: { deaths: Deaths; story: Story }[] = [];
    for (let first = 1; first <= whole.passed; first += step) {
      const once = await play(db, [first], mayLook);
      stories.push({ deaths: [first], story: once });
      for (let second = 1; second <= once.passed; second += step) {
        stories.push({ deaths: [first, second], story: await play(db, [first, second], mayLook) });
      }
    }
    return { points: whole.passed, stories };
  }

  it('says everything once, whatever points it dies at, when it may look', { timeout: 240_000 }, async () => {
    const { points, stories } = await enumerate(true);
    expect(stories.filter(({ story }) => !isRight(story))).toEqual([]);
    // Deaths came about, and looking was needed.
    expect(stories.every(({ deaths, story }) => story.died === deaths.length)).toBe(true);
    expect(stories.filter(({ story }) => story.looks > 0).length).toBeGreaterThan(points / 4);
    process.stdout.write(`${fresh.engine}: ${points} points, ${stories.length} stories, all right\n`);
  });

  it('repeats and leaves open when it may not look, and shows what it left', {
    timeout: 240_000,
  }, async () => {
    const { stories } = await enumerate(false);
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
