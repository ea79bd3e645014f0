/** Which words are conditions and orders written with? Drizzle's, loaded the cheap way: as ES modules they cost 130 MB. */

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const orm: typeof import('drizzle-orm') = require('drizzle-orm');

export const {
  and,
  asc,
  between,
  count,
  desc,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  max,
  min,
  ne,
  not,
  notExists,
  notInArray,
  or,
  sql,
} = orm;

export type { SQL } from 'drizzle-orm';
