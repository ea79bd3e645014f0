import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** One thing added to a closed list, and the files that must then have a word for it. */
const ADDITIONS = {
  'an open item': {
    file: 'src/core/charter.ts',
    before: 'export const SIGN_ITEMS = [',
    after: "export const SIGN_ITEMS = ['forgotten',",
    falls: ['src/views/draft-card.ts'],
  },
  'a verdict': {
    file: 'src/core/evaluate/criterion.ts',
    before: 'export type Verdict =',
    after: "export type Verdict = | 'forgotten'",
    falls: ['src/views/criterion-text.ts'],
  },
  'a kind of criterion': {
    file: 'src/core/evaluate/criterion.ts',
    before: 'export const KINDS = [',
    after: "export const KINDS = ['forgotten',",
    falls: ['src/views/criterion-text.ts'],
  },
  'a reason somebody cannot hold a role': {
    file: 'src/core/person.ts',
    before: 'export type Unfit =',
    after: "export type Unfit = | 'forgotten' |",
    falls: ['src/views/refusal-text.ts'],
  },
  'something people do with a pilot': {
    file: 'src/core/pilot.ts',
    before: 'export type Act =',
    after: "export type Act = | 'forgotten' |",
    falls: ['src/core/pilot.ts', 'src/views/refusal-text.ts'],
  },
  'something wrong with a criterion': {
    file: 'src/core/typed-criterion.ts',
    before: 'export type CriterionProblem =',
    after: "export type CriterionProblem = | { readonly code: 'forgotten' }",
    falls: ['src/views/criterion-problem-text.ts'],
  },
  'a thing that can be owed': {
    file: 'src/core/worklist.ts',
    before: 'export type Owed =',
    after: "export type Owed = | { what: 'forgotten'; facts: PilotFacts; since: number }",
    falls: ['src/views/owed-text.ts'],
  },
  'a status of a charter': {
    file: 'src/core/charter.ts',
    before: 'export const CHARTER_STATUSES = [',
    after: "export const CHARTER_STATUSES = ['forgotten',",
    falls: ['src/core/charter.ts', 'src/core/worklist.ts'],
  },
} as const;

/** The files that do not compile once the texts of some of them are replaced. */
function broken(texts: ReadonlyMap<string, string>): Set<string> {
  const config = ts.readConfigFile(resolve(ROOT, 'tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  host.readFile = (file) => texts.get(resolve(file)) ?? readFile(file);
  const roots = ['pilot-card', 'draft-card', 'refusal-text', 'criterion-problem-text', 'owed-text'];
  const program = ts.createProgram(
    roots.map((name) => resolve(ROOT, `src/views/${name}.ts`)),
    options,
    host,
  );
  const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(resolve(ROOT, 'src')));
  const faulty = ours.filter((file) => program.getSemanticDiagnostics(file).length > 0);
  return new Set(faulty.map(({ fileName }) => fileName.slice(`${dirname(resolve(ROOT, 'src'))}/`.length)));
}

describe('something new in a closed list', () => {
  let faulty = new Set<string>();
  beforeAll(() => {
    const texts = new Map<string, string>();
    for (const { file, before, after } of Object.values(ADDITIONS)) {
      const path = resolve(ROOT, file);
      const text = texts.get(path) ?? readFileSync(path, 'utf8');
      texts.set(path, text.replace(before, after));
    }
    faulty = broken(texts);
  });

  it.each(Object.entries(ADDITIONS))('is found where it stands: %s', (_name, { file, before }) => {
    expect(readFileSync(resolve(ROOT, file), 'utf8').split(before)).toHaveLength(2);
  });

  it.each(Object.entries(ADDITIONS))('does not compile until it has its words: %s', (_name, { falls }) => {
    expect([...faulty]).toEqual(expect.arrayContaining([...falls]));
  });

  it('is all that is wrong: as they are, these files compile', () => {
    expect([...broken(new Map())]).toEqual([]);
  });
});
