/** Is the PostgreSQL of the tests gone when its process is, and does that process end as it meant to? */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, vi } from 'vitest';

const module = JSON.stringify(fileURLToPath(new URL('./postgres-server.ts', import.meta.url)));
const start = `const { startPostgres } = await import(${module}); const server = await startPostgres();`;
const args = (text: string) => ['--input-type=module', '-e', `${start} ${text}`];

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

it('leaves the exit code of its process alone', async () => {
  const run = promisify(execFile)(process.execPath, args('await server.stop(); process.exitCode = 7;'));
  await expect(run).rejects.toMatchObject({ code: 7 });
});

it('goes when its process is killed', async () => {
  const child = spawn(
    process.execPath,
    args("console.log(new URL(server.url('x')).port); setInterval(() => {}, 1000);"),
  );
  const [said] = await once(child.stdout, 'data');
  const port = Number(String(said));
  expect(await answers(port)).toBe(true);
  child.kill('SIGKILL');
  await vi.waitUntil(async () => !(await answers(port)), { timeout: 10_000 });
});
