/** How is the database brought to the current schema? */
import { migrate as migrateDatabase } from '../db/migrate.ts';
import { type CliCommand, withDatabase } from './command.ts';

export const migrate: CliCommand = {
  name: 'migrate',
  declare(program, terminal, run) {
    program
      .command('migrate')
      .description('bring the database to the current schema (start does it too)')
      .action(() =>
        run(async () => {
          const { applied } = await withDatabase(terminal, 'app', (db) => migrateDatabase(db));
          terminal.out(
            applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}.\n`,
          );
          return 0;
        }),
      );
  },
};
