import { describe, expect, it } from 'vitest';
import { type CommandEntry, helpLines, splitCommand, splitWords } from '../../src/slack/command.ts';
import { plainLine } from '../../src/slack/text.ts';

describe('a typed command', () => {
  it.each([
    ['', '', ''],
    ['   ', '', ''],
    ['help', 'help', ''],
    ['SHOW claims-triage', 'show', 'claims-triage'],
    ['  register   Claims Triage  ', 'register', 'Claims Triage'],
    ['register\nClaims\ntriage', 'register', 'Claims\ntriage'],
    ['show\u00a0claims', 'show', 'claims'],
    ['<!channel> x', '<!channel>', 'x'],
  ])('%j is %j with %j', (text, name, rest) => {
    expect(splitCommand(text)).toEqual({ name, rest });
  });
});

describe('typed words', () => {
  it.each([
    ['', []],
    ['claims-triage cost 12.50', ['claims-triage', 'cost', '12.50']],
    ['claims "Cost per claim" 12.50', ['claims', 'Cost per claim', '12.50']],
    ['claims “Cost per claim” 12.50', ['claims', 'Cost per claim', '12.50']],
    ['claims "Cost per', ['claims', '"Cost', 'per']],
    ['a "" b', ['a', '', 'b']],
    ['  a\t b\nc ', ['a', 'b', 'c']],
    ['<!channel> =HYPERLINK("x")', ['<!channel>', '=HYPERLINK("x")']],
  ])('of %j are %j', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });
});

describe('help', () => {
  const entries: CommandEntry[] = [
    { name: 'register', usage: '[name]', does: 'start a pilot', common: true },
    { name: 'mine', usage: '', does: 'what waits for you' },
  ];

  it('is made from the list of commands, with the command as it is called here', () => {
    expect(helpLines('/steer', entries).map(plainLine)).toEqual([
      '/steer register [name]  start a pilot',
      '/steer mine  what waits for you',
    ]);
  });
});
