import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../src/config.ts';
import { evaluate, examplesOf, exportedFunctions } from './docs/examples.ts';
import { anchorsOf, firstColumn, linksOf, pathsNamedIn, sectionOf } from './docs/page.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const find = (...patterns: string[]) =>
  globSync(patterns, { cwd: ROOT, exclude: ['**/node_modules/**', 'data/**'] }).sort();
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const CORE = find('src/core/**/*.ts');
const PAGES = find('*.md', 'docs/**/*.md', 'sandbox/**/*.md', 'bench/**/*.md');
const DECISIONS = find('docs/decisions/*.md');

describe('the core', () => {
  it.each(CORE)('%s explains each of its functions with an example', (path) => {
    const functions = exportedFunctions(path, read(path));
    const bare = functions.filter(({ comment, examples }) => comment === null || examples.length === 0);
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it.each(CORE)('%s gives examples that are true', async (path) => {
    const exports = (await import(pathToFileURL(join(ROOT, path)).href)) as Record<string, unknown>;
    for (const { examples } of exportedFunctions(path, read(path))) {
      for (const { expression, answer } of examples) {
        expect(evaluate(expression, exports), expression).toStrictEqual(evaluate(answer, {}));
      }
    }
  });

  it('would be caught lying', () => {
    const text =
      '/**\n * Adds.\n *\n * @example\n * add(1, 2) // 4\n */\nexport function add(a, b) {}\nexport const bare = () => 1;';
    const [add, bare] = exportedFunctions('add.ts', text);
    expect(add).toEqual({
      name: 'add',
      comment: 'Adds.\n\n@example\nadd(1, 2) // 4',
      examples: [{ expression: 'add(1, 2)', answer: '4' }],
    });
    expect(evaluate('add(1, 2)', { add: (a: number, b: number) => a + b })).toBe(3);
    expect(bare).toEqual({ name: 'bare', comment: null, examples: [] });
    expect(examplesOf('@example\nadd(1, 2)')).toEqual([{ expression: 'add(1, 2)', answer: '' }]);
  });
});

describe('the pages', () => {
  it.each(PAGES)('%s links to what exists', (path) => {
    const dead = linksOf(read(path))
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const page = file === '' ? path : join(dirname(path), decodeURI(file));
        if (!existsSync(join(ROOT, page))) return true;
        return anchor !== undefined && !anchorsOf(read(page)).includes(anchor);
      });
    expect(dead).toEqual([]);
  });

  it('find a dead link', () => {
    expect(linksOf('[a](b.md#c) `[no](link)` ![d](e.png "title")')).toEqual(['b.md#c', 'e.png']);
    expect(anchorsOf('# One, two: `three`\n```\n# no\n```\n## Four')).toEqual(['one-two-three', 'four']);
  });

  it('README names the two commands', () => {
    expect(read('README.md')).toContain('npm ci && npm run demo');
    expect(read('README.md')).toContain('npm ci && npm test');
  });

  it('docs/house.md gives the reason for every rule of Biome that is switched off', () => {
    const off = [...read('biome.json').matchAll(/"(\w+)": "off"/g)].map(([, rule]) => rule ?? '');
    const house = read('docs/house.md');
    expect(off.filter((rule) => !house.includes(`\`${rule}\``))).toEqual([]);
  });
});

describe('the tables', () => {
  it('docs/configuration.md lists the variables that are read', () => {
    expect(firstColumn(read('docs/configuration.md')).sort()).toEqual(Object.keys(VARIABLES).sort());
  });

  it('are read by their first column', () => {
    expect(firstColumn('| a | b |\n|---|---|\n| `one` | `two` |\n| plain | `x` |\n')).toEqual(['one']);
  });
});

describe('the decisions', () => {
  it('are numbered without a gap', () => {
    expect(
      DECISIONS.map((path) => path.slice('docs/decisions/'.length, 'docs/decisions/000'.length)),
    ).toEqual(DECISIONS.map((_, index) => String(index + 1).padStart(3, '0')));
    expect(DECISIONS.length).toBeGreaterThanOrEqual(7);
  });

  it.each(DECISIONS)('%s says what enforces it, in a file that exists', (path) => {
    const page = read(path);
    for (const heading of ['Context', 'Decision', 'Consequences']) {
      expect(sectionOf(page, heading).trim(), heading).not.toBe('');
    }
    const named = pathsNamedIn(sectionOf(page, 'Confirmation')).filter((file) => file.includes('/'));
    expect(named).not.toEqual([]);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
