import { describe, expect, it } from 'vitest';
import type { PageMessage } from '../../sandbox/server/control/page-state.ts';
import { fileSize } from '../../sandbox/web/conversation/file-size.ts';
import { rowsOf } from '../../sandbox/web/conversation/rows.ts';
import { addMonths, dayWords, parseDay, weeksOf } from '../../sandbox/web/elements/day.ts';
import { richTextOf, typedTextOf } from '../../sandbox/web/elements/typed-rich-text.ts';
import { readAddress, writeAddress } from '../../sandbox/web/live/address.ts';
import { keepEqual } from '../../sandbox/web/live/keep-equal.ts';
import { refresher } from '../../sandbox/web/live/refresh.ts';
import { dayName, instantOf } from '../../sandbox/web/live/zone.ts';
import { emojiCharacter } from '../../sandbox/web/text/emoji.ts';
import { type Inline, parseMrkdwn } from '../../sandbox/web/text/mrkdwn.ts';

/** The tree as one line: marks around what they mark. */
const line = (pieces: readonly Inline[]): string =>
  pieces
    .map((piece) => {
      switch (piece.kind) {
        case 'text':
          return piece.text;
        case 'break':
          return '⏎';
        case 'bold':
        case 'italic':
        case 'strike':
          return `[${piece.kind} ${line(piece.inner)}]`;
        case 'link':
          return `[link ${piece.url} ${line(piece.inner)}]`;
        case 'date':
          return `[date ${piece.seconds} ${piece.format} ${piece.fallback}]`;
        case 'broadcast':
          return `[everyone ${piece.range}]`;
        case 'code':
          return `[code ${piece.text}]`;
        case 'emoji':
          return `[emoji ${piece.name}]`;
        default:
          return `[${piece.kind} ${piece.id}]`;
      }
    })
    .join('');
const read = (text: string): string =>
  parseMrkdwn(text)
    .map((part) => (part.kind === 'preformatted' ? `{${part.text}}` : `${part.kind}(${line(part.inner)})`))
    .join(' ');

describe('mrkdwn', () => {
  it.each([
    ['*bold* _italic_ ~gone~ `code`', 'lines([bold bold] [italic italic] [strike gone] [code code])'],
    ['*both _at once_*', 'lines([bold both [italic at once]])'],
    ['2*3*4 and snake_case_name and a * b * c', 'lines(2*3*4 and snake_case_name and a * b * c)'],
    ['* y* *z * a_b_', 'lines(* y* *z * a_b_)'],
    ['*Owner:* <@U1>', 'lines([bold Owner:] [person U1])'],
    ['*<@U1>*', 'lines([bold [person U1]])'],
    ['&lt;b&gt; &amp;amp; <div>', 'lines(<b> &amp; [link div div])'],
    ['<https://a.example/?b=1&amp;c|*not* bold>', 'lines([link https://a.example/?b=1&c *not* bold])'],
    ['see https://a.example/x.', 'lines(see [link https://a.example/x https://a.example/x].)'],
    ['<mailto:a@b.example>', 'lines([link mailto:a@b.example a@b.example])'],
    ['<#C1|general> <!here> <!subteam^S1|@team>', 'lines([channel C1] [everyone here] [group S1])'],
    ['<!date^1767600000^{date} at {time}|then>', 'lines([date 1767600000 {date} at {time} then])'],
    [':tada: 10:00:30 :unknown:', 'lines([emoji tada] 10:00:30 :unknown:)'],
    ['a\n> b\n> c\nd', 'lines(a) quote(b⏎c) lines(d)'],
    ['a ```x *y*\n z``` b', 'lines(a ) {x *y*\n z} lines( b)'],
    ['`a *b* <@U1>` *c*', 'lines([code a *b* <@U1>] [bold c])'],
    ['# no heading\n1. no list', 'lines(# no heading⏎1. no list)'],
    ['\ue000', 'lines(\ufffd)'],
    ['', 'lines()'],
  ])('%j means %s', (text, tree) => {
    expect(read(text)).toBe(tree);
  });

  it('loses nothing of a long text with thousands of marks', () => {
    expect(read('*a* '.repeat(7000))).toBe(`lines(${'[bold a] '.repeat(7000)})`);
    expect(read('`a`'.repeat(6402))).toBe(`lines(${'[code a]'.repeat(6400)}\`a\`\`a\`)`);
  });

  it('turns typed marks into rich text and back', () => {
    const typed = 'Some *bold* and `code`\n- one\n- _two_\n1. first\nhttps://a.example :tada:';
    expect(typedTextOf(richTextOf(typed))).toBe(typed);
  });

  it('knows the emoji people use, and leaves the others as they are', () => {
    expect([emojiCharacter('tada'), emojiCharacter('wave::skin-tone-2'), emojiCharacter('toString')]).toEqual(
      ['🎉', '👋', ':toString:'],
    );
  });
});

describe('days and times', () => {
  const today = '2026-11-20';

  it.each([
    ['2026-01-05', '2026-01-05'],
    ['5 Jan 2027', '2027-01-05'],
    ['Mon, 5 January 2026', '2026-01-05'],
    ['5 jan', '2026-01-05'],
    ['24.12.2026', '2026-12-24'],
    ['tomorrow', '2026-11-21'],
    ['', ''],
    ['2026-02-30', undefined],
    ['31 feb', undefined],
    ['soon', undefined],
    ['5 nothing', undefined],
  ])('%j is the day %s', (words, day) => {
    expect(parseDay(words, today)).toBe(day);
  });

  it('are written in words that are read again', () => {
    expect(dayWords('2026-01-05')).toBe('Mon, 5 January 2026');
    expect(parseDay(dayWords('2028-02-29'), today)).toBe('2028-02-29');
  });

  it('go from month to month without leaving them', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
    expect(weeksOf('2026-02-10').map((week) => week[0])).toEqual([
      '2026-01-26',
      '2026-02-02',
      '2026-02-09',
      '2026-02-16',
      '2026-02-23',
    ]);
  });

  it('are instants in the zone of who picks them, across changes of the clock', () => {
    expect(instantOf('2026-01-05', '09:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 0, 5, 8));
    expect(instantOf('2026-07-01', '09:00', 'America/New_York')).toBe(Date.UTC(2026, 6, 1, 13));
    expect(instantOf('2026-03-29', '03:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(instantOf('2026-03-29', '02:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 30));
  });

  it('have the names of days near to now', () => {
    const now = Date.UTC(2026, 0, 5, 23, 30);
    expect(dayName(now, 'Europe/Berlin', now)).toBe('Today');
    expect(dayName(now - 3_600_000, 'Europe/Berlin', now)).toBe('Yesterday');
    expect(dayName(Date.UTC(2025, 11, 24), 'Etc/UTC', now)).toBe('Wednesday, 24 December 2025');
  });
});

describe('an address', () => {
  it('reads as it was written', () => {
    const address = { as: 'ana.c', at: '@omar', home: '', thread: '1.2' };
    expect(writeAddress(address)).toBe('?as=ana.c&in=@omar&thread=1.2');
    expect(readAddress(writeAddress(address))).toEqual(address);
    expect(readAddress(writeAddress({ as: 'a', at: '', home: 'A & B', thread: '' })).home).toBe('A & B');
  });
});

describe('fresh data', () => {
  it('keeps what did not change, down to the parts of what did', () => {
    const before = { a: { deep: [1, { two: 2 }] }, b: [{ id: 1 }, { id: 2 }], gone: 1 };
    const after = keepEqual(before, { a: { deep: [1, { two: 2 }] }, b: [{ id: 1 }, { id: 3 }] });
    expect(after).toEqual({ a: { deep: [1, { two: 2 }] }, b: [{ id: 1 }, { id: 3 }] });
    expect(after.a).toBe(before.a);
    expect(after.b[0]).toBe(before.b[0]);
    expect(keepEqual(before, structuredClone(before))).toBe(before);
    expect(keepEqual({ a: undefined }, { b: undefined })).not.toHaveProperty('a');
  });

  it('is fetched once for many wishes, and again for those that came too late', async () => {
    const started: (() => void)[] = [];
    let fetches = 0;
    const poke = refresher(() => {
      fetches += 1;
      return new Promise((resolve) => started.push(resolve));
    });
    const first = poke();
    await Promise.resolve().then(() => undefined);
    const late = [poke(), poke(), poke()];
    while (started.length === 0) await Promise.resolve();
    started[0]?.();
    await first;
    while (started.length === 1) await Promise.resolve();
    started[1]?.();
    await Promise.all(late);
    expect(fetches).toBe(2);
  });
});

describe('the rows of a conversation', () => {
  const message = (ts: number, user: string, more: object = {}): PageMessage =>
    ({
      ts: String(ts),
      user,
      text: 'x',
      type: 'message',
      channel: 'C1',
      is_ephemeral: false,
      ...more,
    }) as PageMessage;
  const at = Date.UTC(2026, 0, 5, 12) / 1000;
  const told = { refusals: [], readUpTo: '', me: 'U1', tz: 'Etc/UTC' };
  const kinds = (rows: ReturnType<typeof rowsOf>): string[] =>
    rows.map((row) => (row.kind === 'message' && row.follows ? 'follows' : row.kind));

  it('have a line for each day, and for what is new', () => {
    const messages = [message(at, 'U2'), message(at + 10, 'U2'), message(at + 86_400, 'U2')];
    expect(kinds(rowsOf({ ...told, messages, readUpTo: String(at + 5) }))).toEqual([
      'day',
      'message',
      'new',
      'message',
      'day',
      'message',
    ]);
  });

  it('put what one person says close together under one name', () => {
    const messages = [
      message(at, 'U1'),
      message(at + 60, 'U1'),
      message(at + 600, 'U1'),
      message(at + 601, 'U2'),
    ];
    const rows = rowsOf({ ...told, messages: messages.slice(0, 3) });
    expect(kinds(rows)).toEqual(['day', 'message', 'follows', 'message']);
    expect(kinds(rowsOf({ ...told, messages, readUpTo: String(at + 700) })).at(-1)).toBe('message');
  });

  it('show a refusal where its message would have stood', () => {
    const refusal = {
      n: 1,
      at: (at + 5) * 1000,
      name: 'chat.postMessage',
      app: 'A1',
      error: 'no_text',
      messages: [],
      text: '',
    };
    const messages = [message(at, 'U1'), message(at + 10, 'U1')];
    expect(kinds(rowsOf({ ...told, messages, refusals: [refusal] }))).toEqual([
      'day',
      'message',
      'refusal',
      'message',
    ]);
  });
});

describe('a file', () => {
  it('says how big it is in words', () => {
    expect([0, 999, 2048, 5_300_000].map(fileSize)).toEqual(['0 bytes', '999 bytes', '2.0 KB', '5.1 MB']);
  });
});
