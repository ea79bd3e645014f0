import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodeTooOld, OLDEST_NODE } from '../bin/node-version.js';
import { type Lockfile, mendLockfile } from '../scripts/lock.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface LockedDependencies {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

interface PackageFile extends LockedDependencies {
  readonly engines: { readonly node: string };
  readonly scripts: Record<string, string>;
  readonly allowScripts: Record<string, boolean>;
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as T;
}

const manifest = read<PackageFile>('package.json');
const lockfile = read<Lockfile>('package-lock.json');

/** Runs bin/pilotage.js where src/ does not exist, on a Node that says it is of this version. */
function startOn(version: string) {
  const folder = mkdtempSync(join(tmpdir(), 'pilotage-bin-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const pretend = `Object.defineProperty(process.versions, 'node', { value: ${JSON.stringify(version)} });`;
  return spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(pretend)}`,
      join(folder, 'bin/pilotage.js'),
      'start',
    ],
    { encoding: 'utf8' },
  );
}

describe('the lockfile', () => {
  it('says that better-sqlite3 is not to be compiled', () => {
    expect(lockfile.packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
  });

  it('holds no address of a registry', () => {
    expect(Object.entries(lockfile.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual(
      [],
    );
  });

  it('belongs to package.json', () => {
    const root = lockfile.packages[''] as LockedDependencies;
    expect(root.dependencies).toEqual(manifest.dependencies);
    expect(root.devDependencies).toEqual(manifest.devDependencies);
  });

  it('holds every platform of a package that comes in one package per platform', () => {
    const missing = Object.entries(lockfile.packages).flatMap(([path, entry]) =>
      Object.keys((entry as LockedDependencies).optionalDependencies ?? {}).filter(
        (name) =>
          lockfile.packages[`${path}/node_modules/${name}`] === undefined &&
          lockfile.packages[`node_modules/${name}`] === undefined,
      ),
    );
    expect(missing).toEqual([]);
  });

  it('is mended in the two places where npm leaves it wrong', () => {
    const { packages } = mendLockfile({
      packages: {
        'node_modules/better-sqlite3': { version: '13.2.0', resolved: 'https://registry.example/b.tgz' },
        'node_modules/zod': { version: '4.6.7', resolved: 'https://registry.example/z.tgz' },
      },
    });
    expect(packages).toEqual({
      'node_modules/better-sqlite3': { version: '13.2.0', gypfile: false },
      'node_modules/zod': { version: '4.6.7' },
    });
  });
});

describe('package.json', () => {
  it('names exact versions', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('says for every package with an install script whether it may run', () => {
    const named = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const withScript = Object.entries(lockfile.packages)
      .filter(
        ([path, { hasInstallScript, gypfile }]) => path !== '' && (hasInstallScript || gypfile === false),
      )
      .map(([path]) => named(path));
    expect(Object.keys(manifest.allowScripts).sort()).toEqual([...new Set(withScript)].sort());
    expect(manifest.allowScripts['better-sqlite3']).toBe(false);
    expect(manifest.allowScripts.node).toBe(true);
  });

  it('asks for the Node that bin/pilotage.js asks for', () => {
    expect(manifest.engines.node).toBe(`>=${OLDEST_NODE.replace(/\.0$/, '')}`);
    expect(nodeTooOld(manifest.devDependencies?.['node'] ?? '0')).toBeNull();
  });

  it('lets signals reach what a script starts', () => {
    const last = Object.entries(manifest.scripts).map(([name, script]) => [
      name,
      script.split('&&').at(-1)?.trim(),
    ]);
    expect(last.filter(([, command]) => !command?.startsWith('exec '))).toEqual([]);
  });
});

describe('bin/pilotage.js', () => {
  it.each(['18.20.8', '20.20.2', '22.0.0', '22.17.1'])('refuses Node %s', (version) => {
    expect(nodeTooOld(version)).toContain(version);
  });

  it.each([
    '22.18.0',
    '22.23.3',
    '23.0.0',
    '24.21.0',
    '26.10.0',
    '100.0.0-nightly',
  ])('accepts Node %s', (version) => {
    expect(nodeTooOld(version)).toBeNull();
  });

  it('says so in one sentence with what to do, before it loads anything', () => {
    const { status, stdout, stderr } = startOn('20.20.2');
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(
      /^Pilotage needs Node 22\.18 or newer and this is 20\.20\.2: [^\n]*npm ci[^\n]*\.\n$/,
    );
  });

  it('goes on to src/main.ts on a Node that is new enough', () => {
    const { status, stderr } = startOn('22.18.0');
    expect(status).toBe(1);
    expect(stderr).toContain('src/main.ts');
  });
});
