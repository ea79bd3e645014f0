/** Does anything get lost when the process is killed between any two writes? */
import { expect, it } from 'vitest';
import { onBothEngines } from '../support/databases.ts';
import { startStage } from '../support/kill-stage.ts';

onBothEngines('probe', (_o, fresh) => {
  it('completes', async () => {
    const url = await fresh.url();
    const t0 = performance.now();
    const stage = await startStage(url, null);
    const t1 = performance.now();
    await stage.flow();
    const t2 = performance.now();
    console.log(fresh.engine, 'start', t1 - t0, 'flow', t2 - t1, 'points', await stage.points());
    await stage.end();
    expect(1).toBe(1);
  });
});
