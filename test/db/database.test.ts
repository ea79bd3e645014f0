/** Do both engines keep the contract of `Database`? */

import { batchContract } from '../contracts/batches.ts';
import { databaseContract } from '../contracts/database.ts';
import { onBothEngines } from '../support/databases.ts';

onBothEngines('the database', (_openFresh, fresh) => {
  databaseContract(fresh);
  batchContract(fresh);
});
