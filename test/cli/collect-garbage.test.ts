import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { collectGarbage } from '../../src/cli/collect-garbage.ts';

it('what nobody holds any more is gone', async () => {
  const left = (() => new WeakRef({ large: new Array(1000).fill('left by the start') }))();
  // What a weak reference was just made for stays until the current turn ends.
  await turn();
  collectGarbage();
  await turn();
  expect(left.deref()).toBeUndefined();
});
