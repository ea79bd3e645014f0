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
      let salts = 0;
      const db = await openDatabase({ url: await fresh.bareUrl(), salt: () => `salt ${(salts += 1)}` });
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
      "d4024efed3e50f93eb8ed3bd1178c8c565a2103a7939e041bd706ec69c4ac40f",
      "fbfc6641d5d6ab2a4e656edb8da8df0cfb711ec45d9955a995b8690a16c2b954",
      "d49655141871c5452be75575a43c828b9632c5c461f9c8459da0bbcde537b8d1",
      "cc23c13406220c5722dc88b36767513bed58ca753dec751f4641bc244e414521",
    ]
  `);
});
