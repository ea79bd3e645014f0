/** Which tables are there on PostgreSQL? */
import { columns } from './columns.postgres.ts';
import { schema } from './schema.ts';

export const tables = schema(columns);
