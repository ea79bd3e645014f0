import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const BOUND = new URL('../../src/cli/bound-garbage.ts', import.meta.url).href;

/** The room for short-lived objects, in MB, after work during which many of them live for a while. */
function roomAfter(work: string): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { boundGarbage } from '${BOUND}';
    let kept = [];
    for (let n = 0; n < 6_000_000; n += 1) {
      kept.push({ n, more: [n] });
      if (kept.length === 200_000) kept = [];
      if (n % 10_000 === 0) { ${work} }
    }
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size);`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return Number(said) / 1024 / 1024;
}

it('the room for what lives for a moment stays as it is once it is large enough', () => {
  expect(roomAfter('')).toBeGreaterThan(64);
  expect(roomAfter('boundGarbage();')).toBeLessThanOrEqual(64);
});
