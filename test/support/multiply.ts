/** What does a workspace look like that has very many pilots? */
import { randomBytes } from 'node:crypto';
import type { Database } from '../../src/db/database.ts';
import { idMaker } from '../../src/db/uuidv7.ts';
import { MONDAY } from './world.ts';

/** Copies the first pilot with everything that belongs to it, many times over. */
export async function multiply(db: Database, times: number): Promise<void> {
  const t = db.tables;
  const newId = idMaker(
    () => MONDAY,
    () => randomBytes(10),
  );
  const [pilot] = await db.q.select().from(t.pilots);
  if (pilot === undefined) throw new Error('there is no pilot to copy');
  const [roles, versions, metrics, criteria] = await Promise.all([
    db.q.select().from(t.roles),
    db.q.select().from(t.charterVersions),
    db.q.select().from(t.metrics),
    db.q.select().from(t.criteria),
  ]);
  for (let n = 1; n <= times; n += 1) {
    const id = newId();
    const metricIds = new Map(metrics.map((metric) => [metric.id, newId()]));
    const number = String(n).padStart(3, '0');
    await db.q
      .insert(t.pilots)
      .values({ ...pilot, id, key: `copy-${number}`, name: `Copy ${number} of many` });
    await db.q.insert(t.roles).values(roles.map((row) => ({ ...row, id: newId(), pilot: id })));
    await db.q.insert(t.charterVersions).values(versions.map((row) => ({ ...row, id: newId(), pilot: id })));
    await db.q
      .insert(t.metrics)
      .values(metrics.map((row) => ({ ...row, id: metricIds.get(row.id) ?? '', pilot: id })));
    await db.q.insert(t.criteria).values(
      criteria.map((row) => {
        const own = newId();
        return { ...row, id: own, lineage: own, pilot: id, metric: metricIds.get(row.metric) ?? '' };
      }),
    );
  }
}
