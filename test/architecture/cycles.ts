/** Which files import one another in a circle? */
import type { Module } from './module.ts';

/** Each circle once, as the list of its paths; the first path is repeated at the end. */
export function importCycles(modules: readonly Module[]): string[][] {
  const known = new Map(modules.map((module) => [module.path, module]));
  const finished = new Set<string>();
  const trail: string[] = [];
  const cycles: string[][] = [];
  const walk = (path: string): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) cycles.push([...trail.slice(seenAt), path]);
    if (seenAt >= 0 || finished.has(path)) return;
    trail.push(path);
    for (const { target } of known.get(path)?.imports ?? []) if (known.has(target)) walk(target);
    trail.pop();
    finished.add(path);
  };
  for (const path of known.keys()) walk(path);
  return cycles;
}
