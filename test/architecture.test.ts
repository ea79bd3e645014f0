import { readdirSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LAWS } from './architecture/laws.ts';
import { type Module, type ProjectFile, readModule } from './architecture/module.ts';
import { SAMPLES } from './architecture/samples.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['bench', 'bin', 'drizzle', 'sandbox', 'scripts', 'src', 'test'];

function projectFiles(): ProjectFile[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && FOLDERS.includes(entry.name))
    .flatMap((entry) => readdirSync(`${ROOT}${entry.name}`, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(?:[jt]sx?|sql)$/.test(entry.name))
    .map((entry) => `${entry.parentPath}${sep}${entry.name}`)
    .filter((path) => !/[\\/](?:dist|node_modules)[\\/]/.test(path))
    .map((path) => ({
      path: relative(ROOT, path).replaceAll(sep, '/'),
      text: readFileSync(path, 'utf8'),
    }));
}

function read(files: readonly ProjectFile[]): Module[] {
  return files.map(readModule);
}

const SAMPLE_FILE = 'test/architecture/samples.ts';
const PROJECT = read(projectFiles().filter(({ path }) => path !== SAMPLE_FILE));

describe('the house', () => {
  it('is looked at as a whole', () => {
    const folders = new Set(PROJECT.map(({ path }) => path.split('/')[0]));
    expect([...folders]).toEqual(
      expect.arrayContaining(['bin', 'drizzle', 'sandbox', 'scripts', 'src', 'test']),
    );
    expect(PROJECT.filter(({ path }) => path.startsWith('src/')).length).toBeGreaterThan(50);
  });

  it.each(LAWS)('obeys the law of $name', ({ sentence, breaches }) => {
    expect(breaches(PROJECT), sentence).toEqual([]);
  });
});

describe('the laws', () => {
  it('have a sample each', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(LAWS.map(({ name }) => name).sort());
  });

  it.each(LAWS)('see when $name is broken, and let pass what is not', ({ name, breaches }) => {
    const { bad, good } = SAMPLES[name] ?? { bad: [], good: [] };
    const alone = name === 'cycles' ? [bad] : bad.map((file) => [file]);
    expect(alone.filter((files) => breaches(read(files)).length === 0)).toEqual([]);
    expect(breaches(read(good))).toEqual([]);
  });

  it('say what is wrong in a sentence', () => {
    for (const { name, sentence } of LAWS) expect(sentence, name).toMatch(/^\S.{20,}\.$/);
  });
});
