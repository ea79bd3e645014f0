/** Do both engines keep the contract of `Database`? */

import { databaseContract } from '../contracts/database.ts';
import { onBothEngines } from '../support/databases.ts';

onBothEngines('the database', (_openFresh, fresh) => databaseContract(fresh));
