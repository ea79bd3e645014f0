/** Is the logbook the same, and as safe, on both engines? */

import { expect, it } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/open.ts';
import { asc } from '../../src/db/sql.ts';
import { logbookContract } from '../contracts/logbook.ts';
import { freshDatabases, onBothEngines } from '../support/databases.ts';
import { anEntry } from '../support/rows.ts';

onBothEngines('the logbook', (_openFresh, fresh) => logbookContract(fresh));

const places = [freshDatabases('sqlite'), freshDatabases('postgres')];

it('gives the same entries the same bytes and hashes on both engines, and always has', async () => {
  const written = await Promise.all(
    places.map(async (fresh) => {
      const salts = ['one', 'two', 'three', 'four'];
      const db = await openDatabase({ url: await fresh.bareUrl(), salt: () => salts.shift() ?? '' });
      await migrate(db);
      for (const personal of [{ z: 'Ärger, "Anna"\n', a: [1.5, 1e21, -0] }, null]) {
        await db.atomically('T1', (log) => [
          log(anEntry({ pilot: 'P1', body: { z: 1, a: { y: null, x: '\u{1F9EA}' } }, personal })),
          log(anEntry({ actor: 'system:digest', body: [] })),
        ]);
      }
      const rows = await db.q.select().from(db.tables.logbook).orderBy(asc(db.tables.logbook.n));
      await db.close();
      return rows;
    }),
  );
  expect(written[0]).toEqual(written[1]);
  // A change of the recipe would make every logbook in the world look forged.
  expect(written[0]?.map(({ hash }) => hash)).toMatchInlineSnapshot(`
    [
      "b6bc55e7856fe486f6604cf203b6911604a2dae9aa6b1100d1f5334ee1a14a7f",
      "811c3c301f0e7db3251fc2f9a8ca2339027ae15f523a7e4fd7a139dc84df2afd",
      "a4594759b21df85d6edd732d5425915afd035c3e0248874a4a824d3e3b570450",
      "1aa1d00fcfadbc7c8ff5805816f34235fd7b987d35666755b2d060a92f23d3f3",
    ]
  `);
});
