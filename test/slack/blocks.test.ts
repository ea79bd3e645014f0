import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBlocks, textInBlocks } from '../../sandbox/server/block-kit/check.ts';
import { messageLimits } from '../../sandbox/server/limits.ts';
import {
  actions,
  beside,
  context,
  divider,
  header,
  type Message,
  message,
  paragraph,
  plainText,
  sentence,
} from '../../src/slack/blocks.ts';
import { LIMITS, lengthOf } from '../../src/slack/limits.ts';
import { bold, type Line, unescapeText } from '../../src/slack/text.ts';

const button = (id: string) => ({ type: 'button', action_id: id, text: plainText('Go', 75), value: '{}' });
const refusals = (said: Message) => checkBlocks(structuredClone(said.blocks), 'message');
const words = fc.string({ unit: 'binary', maxLength: 40 });

describe('blocks', () => {
  it('are what Slack takes', () => {
    const all = [
      header('Title'),
      divider(),
      context('small'),
      paragraph(['one', [bold('two'), 'three']]),
      ...actions([button('a'), button('b')]),
      beside('words', button('c')),
    ];
    expect(checkBlocks(structuredClone(all), 'message')).toEqual([]);
    expect(all.map(({ type }) => type)).toEqual([
      'header',
      'divider',
      'context',
      'rich_text',
      'actions',
      'section',
    ]);
  });

  it('are what Slack takes when their words are empty or far too long', () => {
    for (const text of ['', '\u202e', 'x'.repeat(40_000), '👩‍👩‍👧'.repeat(2000)]) {
      const all = [header(text), context(text), paragraph([text]), paragraph([]), beside(text, button('c'))];
      expect(checkBlocks(structuredClone(all), 'message')).toEqual([]);
    }
  });

  it('of no buttons are none, and of thirty buttons one row of twenty-five', () => {
    expect(actions([])).toEqual([]);
    const [row] = actions(Array.from({ length: 30 }, (_, index) => button(`b${index}`)));
    expect((row?.['elements'] as unknown[]).length).toBe(LIMITS.actions);
  });

  it('put each line on its own', () => {
    const [section] = paragraph(['one', 'two'])['elements'] as { elements: object[] }[];
    expect(section?.elements).toEqual([
      { type: 'text', text: 'one' },
      { type: 'text', text: '\n' },
      { type: 'text', text: 'two' },
    ]);
  });

  it('hold plain text that is cleaned, cut, and never empty', () => {
    expect(plainText('a\u202eb', 75)).toEqual({ type: 'plain_text', text: 'ab', emoji: false });
    expect(plainText('', 75).text).toBe(' ');
    expect(plainText('abcdef', 4).text).toBe('abc…');
  });
});

describe('a message', () => {
  it('opens with its title, then lines, buttons and small print', () => {
    const said = message({
      notice: 'A notice.',
      title: 'Title',
      lines: ['line'],
      buttons: [[button('a')], [], [button('b')]],
      small: 'small',
    });
    expect(said.blocks.map(({ type }) => type)).toEqual([
      'header',
      'rich_text',
      'actions',
      'actions',
      'context',
    ]);
    expect(said.text).toBe('A notice.\nline\nsmall');
  });

  it('shows its notice where it has nothing else, and says once what stands in both', () => {
    expect(message({ notice: 'Only this.', lines: [] }).blocks).toEqual([paragraph(['Only this.'])]);
    expect(sentence('One.', 'Two.')).toEqual({ text: 'One.\nTwo.', blocks: [paragraph(['One.', 'Two.'])] });
    expect(sentence('\u202eOne.').text).toBe('One.');
    expect(message({ notice: 'Signed. You can go.', lines: ['You can go.', 'Now.'] }).text).toBe(
      'Signed. You can go.\nNow.',
    );
  });

  it('says in its text every word of its lines', () => {
    const line: fc.Arbitrary<Line> = fc.oneof(
      words,
      fc.tuple(words, words).map(([label, text]) => [bold(label), text]),
    );
    fc.assert(
      fc.property(words, fc.array(line, { maxLength: 12 }), words, (notice, lines, small) => {
        const said = message({ notice, lines, small });
        const told = unescapeText(said.text);
        const shown = JSON.stringify(said.blocks).match(/"text":"(?:[^"\\]|\\.)*"/g) ?? [];
        for (const found of shown) {
          const text = JSON.parse(`{${found}}`).text as string;
          expect(text.trim() === '' || told.includes(text), text).toBe(true);
        }
        expect(refusals(said)).toEqual([]);
      }),
    );
  });

  it('carries as many words as Slack takes, and says how many lines it leaves out', () => {
    const full = Array.from({ length: 9 }, () => 'x'.repeat(1000));
    const fits = message({ notice: 'n', title: 't', lines: full });
    expect(textInBlocks(fits.blocks as never)).toBe(LIMITS.message.lines + full.length);
    const tooMany = message({ notice: 'n', title: 't', lines: [...full, 'one', 'two'] });
    expect(JSON.stringify(tooMany.blocks)).toContain('and 2 more lines than fit here');
    expect(JSON.stringify(tooMany.blocks)).not.toContain('"two"');
    expect(textInBlocks(tooMany.blocks as never)).toBeLessThan(messageLimits.blocksText);
  });

  it('gives a row its own block with its menu, and joins the lines around it', () => {
    const row = (line: Line) => ({ line, beside: button('b') });
    const said = message({
      notice: 'Notice',
      lines: [[bold('One')], 'two', row([bold('Three'), ' four']), row('five'), 'six'],
    });
    expect(said.blocks).toEqual([
      paragraph([[bold('One')], 'two']),
      beside('Three four', button('b')),
      beside('five', button('b')),
      paragraph(['six']),
    ]);
    expect(said.text).toBe('Notice\nOne\ntwo\nThree four\nfive\nsix');
  });

  it('shows more rows than there may be blocks without their menus, and all their words are counted', () => {
    const option = (nth: number) => ({ text: plainText('y'.repeat(75), 75), value: `${nth}` });
    const beside = { type: 'overflow', action_id: 'm', options: [1, 2, 3, 4, 5].map(option) };
    const many = (count: number, line: string) =>
      message({
        notice: 'Many',
        title: 'Many',
        lines: Array.from({ length: count }, () => ({ line, beside })),
      });
    const short = many(60, 'x');
    expect(short.blocks.filter(({ type }) => type === 'section').length).toBeLessThanOrEqual(
      LIMITS.message.rows,
    );
    for (const said of [short, many(60, 'x'.repeat(400)), many(40, 'x'.repeat(2000))]) {
      expect(refusals(said)).toEqual([]);
      expect(said.blocks.length).toBeLessThanOrEqual(LIMITS.message.blocks);
      expect(textInBlocks(said.blocks as never)).toBeLessThanOrEqual(messageLimits.blocksText);
      expect(JSON.stringify(said.blocks)).toMatch(/more lines than fit here/);
    }
  });

  it('shortens a line that is too long by itself', () => {
    const long = message({ notice: 'n', lines: [[bold('Reason: '), 'x'.repeat(40_000)], 'after'] });
    expect(JSON.stringify(long.blocks)).toMatch(/x…"/);
    expect(JSON.stringify(long.blocks)).toContain('"after"');
    expect(refusals(long)).toEqual([]);
    expect(lengthOf(long.text)).toBeLessThanOrEqual(LIMITS.message.text);
  });
});
