/** Which tables are there on SQLite? */
import { columns } from './columns.sqlite.ts';
import { schema } from './schema.ts';

export const tables = schema(columns);
