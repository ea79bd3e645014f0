/** Is every address understood, or refused in a sentence that keeps its secrets? */

import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/db/address.ts';

describe('an address', () => {
  it.each([
    ['file:./data/pilotage.db', { engine: 'sqlite', file: './data/pilotage.db' }],
    ['file:/var/lib/a b%20.db', { engine: 'sqlite', file: '/var/lib/a b%20.db' }],
    ['file:///var/lib/a%20b.db', { engine: 'sqlite', file: '/var/lib/a b.db' }],
    ['file::memory:', { engine: 'sqlite', file: ':memory:' }],
    ['postgres://u:p@h/d', { engine: 'postgres', url: 'postgres://u:p@h/d' }],
    ['postgresql://h/d', { engine: 'postgres', url: 'postgresql://h/d' }],
  ])('%s is understood', (url, address) => {
    expect(parseAddress(url)).toEqual(address);
  });

  it.each([
    '',
    'file:',
    './x.db',
    'mysql://u:secret@h/d',
    'file://host/x.db',
    'file:a\u0000b',
    'postgres://',
  ])('%j is refused with examples and without repeating it', (url) => {
    expect(() => parseAddress(url)).toThrow(/^DATABASE_URL is neither .*; write file:.* or postgres:/);
    expect(() => parseAddress(url)).not.toThrow(/secret/);
  });
});
