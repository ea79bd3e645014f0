/** What might somebody type, paste or send that was never meant for the place where it stands? */

const rightToLeft = '\u202e';

/** Hostile values by name, as one types or pastes them. */
export const HOSTILE = {
  'a ping of everybody': '<!channel>',
  'a ping of whoever is here': '<!here|here>',
  'a mention': '<@U0PRIYA0001>',
  'a channel': '<#C0CLAIMS001|claims>',
  'a link': '<https://evil.example|click>',
  'markup of Slack': '*bold* _italic_ ~gone~ `code` > quote',
  'markup of the web': '<script>alert("x")</script>&amp;&lt;',
  'a formula': '=HYPERLINK("https://evil.example","click")',
  'a turned direction': `${rightToLeft}gnp.exe`,
  'control characters': 'a\u0000b\u0007c\u001b[2Jd\u009b',
  'half a character': 'x\ud83d',
  'nothing to see': '\u200b\u2060\ufeff',
  blanks: ' \t\u00a0 ',
  'several lines': 'one\r\ntwo\u2028three',
  'a family': '👩‍👩‍👧'.repeat(30),
  'an accent on an accent': `e${'\u0301'.repeat(500)}`,
  'other digits': '١٢٣',
  'other letters': '請求書の確認',
  'a number with a comma': '12,5 %',
  'a number that could be two': '1,234',
  'a number without end': '9'.repeat(400),
  'a power': '1e309',
  'not a number': 'NaN',
  'below nothing': '-0',
  'a day that does not exist': '2026-02-30',
  'a path': '../../etc/passwd',
  'a query': "'; DROP TABLE pilots; --",
  'a template': '{{constructor}} $(id) %s %n',
  'a name of the language': '__proto__',
  JSON: '{"pilot":"P1","version":1}',
  'quotation marks': '"“”\'`«»',
  'far too much': 'x'.repeat(40_000),
  'far too much of what grows': '&'.repeat(40_000),
} as const;

/** Direction marks, which would reorder the words around them. */
export const REORDERING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/;
/** Control characters other than tab and line feed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
export const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
