import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commands } from '../../src/cli/index.ts';
import { firstColumn } from '../docs/page.ts';
import { onBothEngines } from '../support/databases.ts';
import { call } from './call.ts';
import { plantPilots, recorded } from './planted.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = join(ROOT, 'bin/pilotage.js');
const VECTORS = join(ROOT, 'test/vectors/evaluation.json');

/** The real program, with nothing of this machine's environment in it. */
function pilotage(args: readonly string[], env: Record<string, string> = {}, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    encoding: 'utf8',
    env,
    input,
    cwd: tmpdir(),
  });
  return { status, stdout, stderr };
}

/** What is said of a command beside its name: its own help. */
const HELPED = [
  'evaluate',
  'import observations',
  'export',
  'backup',
  'restore',
  'verify',
  'doctor',
  'manifest',
];

describe('help', () => {
  it.each(HELPED)('of %s has an example that begins with the program', async (name) => {
    const { code, out, err } = await call([...name.split(' '), '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`\\nExample:\\n(?:.*\\n)*.*pilotage ${name}`));
  });

  it('lists every command, each with a sentence', async () => {
    const { stdout, status } = pilotage(['--help']);
    expect(status).toBe(0);
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^  ${name}\\b.* [a-z]`, 'm'));
  });

  it.each([
    ['verify', '--colour'],
    ['import'],
    ['import', 'unicorns'],
    ['import', 'observations'],
    ['manifest', '--http'],
    ['backup'],
    ['restore'],
    ['restore', 'a', 'b'],
    ['forget'],
    ['export', '--format', 'xml'],
  ])('is offered for wrong use: %s %s', (...args) => {
    const { status, stdout, stderr } = pilotage(args.filter((arg) => arg !== undefined));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('    at ');
  });
});

describe('docs/commands.md', () => {
  it('has every command', () => {
    const listed = firstColumn(readFileSync(join(ROOT, 'docs/commands.md'), 'utf8')).map(
      (cell) => cell.split(' ')[0],
    );
    for (const { name } of commands) expect(listed).toContain(name);
  });
});

describe('a reader that goes away', () => {
  it('is no failure', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'evaluate', VECTORS], {
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });
});

onBothEngines('the program', (_, fresh) => {
  it('imports a file, verifies, and imports it again without effect', async () => {
    const url = await fresh.url();
    const db = await fresh.open(url);
    await plantPilots(db);
    const folder = mkdtempSync(join(tmpdir(), 'pilotage-program-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'a.csv');
    writeFileSync(
      file,
      'pilot,metric,end,value\nclaims-triage,accuracy,2026-01-12,80\nclaims-triage,accuracy,2026-01-19,x\n',
    );
    const env = { DATABASE_URL: url };
    expect(pilotage(['import', 'observations', file], env)).toEqual({
      status: 1,
      stdout: '1 value recorded. 1 row is wrong.\n',
      stderr: 'Line 3, column value: "x" is not a number. Write it like 12.50.\n',
    });
    expect(await recorded(db)).toHaveLength(1);
    expect(pilotage(['verify'], env)).toEqual({
      status: 0,
      stdout: 'The logbook and every reference are whole.\n',
      stderr: '',
    });
    const again = pilotage(['import', 'observations', '-', '--json'], env, readFileSync(file, 'utf8'));
    expect(again.status).toBe(1);
    expect(JSON.parse(again.stdout)).toMatchObject({ accepted: 0, duplicate: 1, refused: 1 });
    expect(await recorded(db)).toHaveLength(1);
  });
});

describe('without a database server', () => {
  it('says so in one sentence', () => {
    const env = { DATABASE_URL: 'postgres://anna:very-secret@127.0.0.1:1/x' };
    for (const args of [['verify'], ['import', 'observations', VECTORS]]) {
      const { status, stdout, stderr } = pilotage(args, env);
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
      expect(stderr).toMatch(/^PostgreSQL at 127\.0\.0\.1:1 does not answer [^\n]+\n$/);
      expect(stderr).not.toContain('very-secret');
    }
  });
});
