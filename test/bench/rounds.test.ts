import { expect, it } from 'vitest';
import { inTurns } from '../../bench/rounds.ts';

it('lets each side go first in every second round, and keeps what each gave in order', async () => {
  const order: string[] = [];
  const results = await inTurns(3, (side, round) => {
    order.push(`${side} ${round}`);
    return `${side} ${round}`;
  });
  expect(order).toEqual(['floor 0', 'subject 0', 'subject 1', 'floor 1', 'floor 2', 'subject 2']);
  expect(results).toEqual({
    floor: ['floor 0', 'floor 1', 'floor 2'],
    subject: ['subject 0', 'subject 1', 'subject 2'],
  });
});
