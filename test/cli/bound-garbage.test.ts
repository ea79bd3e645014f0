import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const BOUND = new URL('../../src/cli/bound-garbage.ts', import.meta.url).href;

/** The room for short-lived objects in MB: when it had grown to 32 at least, and after much more of the same work. */
function rooms(then: string): [number, number] {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { boundGarbage } from '${BOUND}';
    const room = () =>
      getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 1024 / 1024;
    let kept = [];
    const work = () => {
      for (let n = 0; n < 100_000; n += 1) kept.push({ n, more: [n] });
      kept = [];
    };
    while (room() < 32) work();
    ${then}
    const before = room();
    for (let n = 0; n < 120; n += 1) work();
    console.log(JSON.stringify([before, room()]));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
  );
}

it('the room for what lives for a moment stays as it is once it is large enough', () => {
  const [before, after] = rooms('boundGarbage();');
  expect(after).toBeLessThanOrEqual(before);
  const [then, grown] = rooms('');
  expect(grown, 'left alone it grows, so the above says something').toBeGreaterThan(then);
});
