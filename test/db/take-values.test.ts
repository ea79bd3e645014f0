import { beforeEach, describe, expect, it } from 'vitest';
import { countOfValues, type TakenValue, valueColumns } from '../../src/core/incoming-columns.ts';
import { incomingPilot, pilotIndex } from '../../src/core/incoming-pilots.ts';
import { incomingValue } from '../../src/core/incoming-value.ts';
import type { Database } from '../../src/db/database.ts';
import { allPilots } from '../../src/db/queries/pilots.ts';
import { createTaker } from '../../src/db/take-values.ts';
import { verify } from '../../src/db/verify.ts';
import { plantPilots, recorded } from '../cli/planted.ts';
import { onBothEngines } from '../support/databases.ts';
import { anObservation } from '../support/rows.ts';

onBothEngines('taking values', (openFresh) => {
  let db: Database;
  beforeEach(async () => {
    db = await openFresh();
    await plantPilots(db);
  });

  async function taking(on: Database) {
    const all = await allPilots(db, 'T1');
    const pilots = pilotIndex(all.map(incomingPilot));
    let id = 0;
    const taker = createTaker({
      db: on,
      workspace: 'T1',
      origin: { actor: 'system:import', file: 'a.csv', sha256: '00' },
      facts: (pilot) => all.find((facts) => facts.pilot.id === pilot),
      now: () => 1_780_000_000_000,
      newId: () => {
        id += 1;
        return `N${id}`;
      },
    });
    const value = (end: string, text: string, key = ''): TakenValue => {
      const row = { pilot: 'claims-triage', metric: 'handling-time', end, value: text, key, source: 'wh' };
      const read = incomingValue(row, pilots, '2026-06-02');
      if ('problem' in read) throw new Error(read.problem.code);
      return { line: 1, value: read.value, source: 'wh' };
    };
    return { taker, value };
  }

  /** The same database, in which somebody else writes a row just before our first batch. */
  function overtaken(row: Parameters<typeof anObservation>[0]): Database {
    let first = true;
    return {
      ...db,
      async atomically(workspace, build) {
        if (first) {
          first = false;
          await db.q.insert(db.tables.observations).values(anObservation({ source: 'wh', ...row }));
        }
        return db.atomically(workspace, build);
      },
    };
  }

  describe('while somebody else writes the same key', () => {
    it('counts the value as there already', async () => {
      const { taker, value } = await taking(overtaken({ value: '12', ingestKey: 'k1' }));
      const sorted = await taker.take(
        valueColumns([value('2026-01-12', '12', 'k1'), value('2026-01-19', '13', 'k2')]),
      );
      expect([countOfValues(sorted.fresh), sorted.repeated, sorted.refused]).toEqual([1, 1, []]);
      expect((await recorded(db)).map((row) => row.value)).toEqual(['12', '13']);
    });

    it('refuses another value under it', async () => {
      const { taker, value } = await taking(overtaken({ value: '99', ingestKey: 'k1' }));
      const sorted = await taker.take(valueColumns([value('2026-01-12', '12', 'k1')]));
      expect(sorted.refused).toMatchObject([{ problem: { code: 'key_taken' } }]);
      expect((await recorded(db)).map((row) => row.value)).toEqual(['99']);
    });

    it('writes nothing of a batch that is all or nothing', async () => {
      const { taker, value } = await taking(overtaken({ value: '12', ingestKey: 'k1' }));
      const failed = await taker
        .write(valueColumns([value('2026-01-19', '13', 'k2'), value('2026-01-12', '12', 'k1')]))
        .then(
          () => null,
          (error: unknown) => error,
        );
      expect(db.isDuplicate(failed)).toBe(true);
      expect((await recorded(db)).map((row) => row.value)).toEqual(['12']);
      expect(await verify(db)).toBeNull();
    });
  });

  it('writes more rows than one statement can take', async () => {
    const { taker, value } = await taking(db);
    await db.q.update(db.tables.charterVersions).set({ fields: { start: '2010-01-04' } });
    const again = await taking(db);
    const days = Array.from({ length: 801 }, (_, n) =>
      new Date(Date.UTC(2010, 0, 11 + 7 * n)).toISOString().slice(0, 10),
    );
    await again.taker.write(valueColumns(days.map((end) => again.value(end, '1'))));
    expect(await recorded(db)).toHaveLength(801);
    expect(await taker.sortOut(valueColumns([value('2026-01-12', '1')]))).toMatchObject({
      fresh: { line: [1] },
    });
  });
});
