/** Which words are conditions and orders written with? Drizzle's, loaded the cheap way: as ES modules they cost 130 MB. */

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const orm: typeof import('drizzle-orm') = require('drizzle-orm');

export const {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  like,
  lt,
  lte,
  max,
  min,
  notInArray,
  or,
  sql,
} = orm;

export type { SQL } from 'drizzle-orm';
