import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS, lengthOf } from '../../src/slack/limits.ts';
import {
  at,
  bold,
  cleanTyped,
  code,
  escapeText,
  type Line,
  link,
  mentionedPerson,
  messageText,
  plainLine,
  readable,
  richElements,
  shortLine,
  unescapeText,
} from '../../src/slack/text.ts';

const REORDERING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const anything = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<!channel>',
        '<@U1>',
        '&amp;',
        '<https://a.b|c>',
        '\u202e',
        '\u0007',
        '\u0000',
        '\ud800',
        'a',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('the text of a message', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U1> & <#C1>', '&lt;@U1&gt; &amp; &lt;#C1&gt;'],
    ['&amp;', '&amp;amp;'],
    ['\u202eevil\u0007', 'evil'],
    ['\ud800', '\ufffd'],
  ])('of %j cannot ping, link or reorder: %j', (typed, sent) => {
    expect(messageText([typed])).toBe(sent);
  });

  it('joins what there is, line by line', () => {
    expect(messageText(['one', '', 'two'])).toBe('one\ntwo');
  });

  it('fits into an edit to the last character, and one more is cut with an ellipsis', () => {
    const full = 'a'.repeat(LIMITS.message.text);
    expect(messageText([full])).toBe(full);
    const cut = messageText([`${full}a`]);
    expect(lengthOf(cut)).toBe(LIMITS.message.text);
    expect(cut.endsWith('a…')).toBe(true);
  });

  it('fits escaped too, and never ends inside an escaped character', () => {
    const cut = messageText(['&'.repeat(40_000)]);
    expect(lengthOf(cut)).toBeLessThanOrEqual(LIMITS.message.text);
    expect(cut).toMatch(/^(&amp;)+…$/);
  });

  it('holds nothing that Slack would act upon, whatever was typed', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const sent = messageText([typed]);
        expect(sent).not.toMatch(/[<>]/);
        expect(sent.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
        expect(sent).not.toMatch(REORDERING);
        expect(sent).not.toMatch(CONTROLS);
        expect(sent.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('escaping', () => {
  it('can be undone', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        expect(unescapeText(escapeText(typed))).toBe(typed);
      }),
    );
    expect(unescapeText('&amp;lt;')).toBe('&lt;');
  });
});

describe('what a person typed', () => {
  it.each([
    ['  a  ', 'a'],
    ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['a\u0000b\u0007\u009bc', 'abc'],
    ['\u202eabc\u2066d\u200e', 'abcd'],
    ['a\tb', 'a\tb'],
    ['\ud83d', '\ufffd'],
    ['😀', '😀'],
    ['<!channel>', '<!channel>'],
    ['=HYPERLINK("x")', '=HYPERLINK("x")'],
    [' \u200b\u2060\ufeff ', ''],
    ['\u0301', ''],
    ['', ''],
  ])('%j is kept as %j', (typed, kept) => {
    expect(cleanTyped(typed)).toBe(kept);
  });

  it('is clean once it was cleaned', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const clean = cleanTyped(typed);
        expect(cleanTyped(clean)).toBe(clean);
        expect(readable(clean)).toBe(clean);
        expect(clean).not.toMatch(REORDERING);
        expect(clean.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('a line', () => {
  const line: Line = [
    bold('Sponsor: '),
    'Priya <!here>',
    code('key'),
    ', ',
    link('https://example.com', 'page'),
    at(1_767_600_000_123, '5 January'),
  ];

  it('says in plain words what its pieces say', () => {
    expect(plainLine(line)).toBe('Sponsor: Priya <!here>key, page (https://example.com)5 January');
    expect(plainLine('alone')).toBe('alone');
    expect(plainLine(bold('alone'))).toBe('alone');
  });

  it('becomes elements whose text is never parsed', () => {
    expect(richElements(line)).toEqual([
      { type: 'text', text: 'Sponsor: ', style: { bold: true } },
      { type: 'text', text: 'Priya <!here>' },
      { type: 'text', text: 'key', style: { code: true } },
      { type: 'text', text: ', ' },
      { type: 'link', url: 'https://example.com', text: 'page' },
      {
        type: 'date',
        timestamp: 1_767_600_000,
        format: '{date_short_pretty} at {time}',
        fallback: '5 January',
      },
    ]);
  });

  it('leaves out what is empty, for Slack refuses that', () => {
    expect(richElements(['', bold(''), code('\u202e'), 'a'])).toEqual([{ type: 'text', text: 'a' }]);
  });

  it('says the same in words and in blocks, whatever stands in it', () => {
    fc.assert(
      fc.property(anything, anything, anything, (a, b, c) => {
        const some: Line = [a, bold(b), code(c)];
        const shown = richElements(some).map((element) => (element as { text: string }).text);
        expect(shown.join('')).toBe(plainLine(some));
        expect(JSON.stringify(richElements(some))).not.toMatch(/"type":"(user|broadcast|channel|usergroup)"/);
      }),
    );
  });

  it('is shortened piece by piece', () => {
    expect(shortLine(line, 500)).toBe(line);
    expect(shortLine('abcdef', 4)).toEqual(['abc…']);
    expect(shortLine([bold('one'), 'three'], 5)).toEqual([bold('one'), 't…']);
    expect(shortLine([bold('eleven'), 'g'], 4)).toEqual([bold('ele…')]);
    expect(shortLine(['to', code('four'), 'g'], 4)).toEqual(['to', '…']);
    expect(shortLine(['abcd', bold('e')], 4)).toEqual(['abc…']);
  });

  it('keeps to its limit, whatever stands in it', () => {
    fc.assert(
      fc.property(anything, anything, fc.integer({ min: 2, max: 40 }), (a, b, limit) => {
        expect(lengthOf(plainLine(shortLine([a, bold(b)], limit)))).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe('a mention', () => {
  it.each([
    ['<@U0ANA000001>', 'U0ANA000001'],
    [' <@W1|ana> ', 'W1'],
    ['@ana', null],
    ['<!channel>', null],
    ['<@U1> and more', null],
    ['<@u1>', null],
    ['', null],
  ])('%j means %j', (typed, person) => {
    expect(mentionedPerson(typed)).toBe(person);
  });
});
