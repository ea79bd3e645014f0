import { describe, expect, it } from 'vitest';
import { checkView } from '../../sandbox/server/block-kit/check.ts';
import {
  channelField,
  choiceField,
  choicesField,
  dayField,
  type Field,
  fileField,
  personField,
  textField,
} from '../../src/slack/field.ts';
import { LIMITS, lengthOf } from '../../src/slack/limits.ts';

/** What a field says to a state of its element: its value, or `!` and the sentence. */
const reads = (field: Field<unknown>, element: unknown) => {
  const reading = field.read(element);
  return reading.ok ? reading.value : `! ${reading.error}`;
};
const refusals = (field: Field<never>, initial: unknown) =>
  checkView(
    {
      type: 'modal',
      title: { type: 'plain_text', text: 'x' },
      submit: { type: 'plain_text', text: 'x' },
      blocks: [structuredClone(field.block('name', { initial: initial as never }))] as never,
    },
    ['modal'],
  );

describe('a field', () => {
  const fields = {
    text: textField({ label: 'Name' }),
    day: dayField({ label: 'Start date' }),
    person: personField({ label: 'Owner' }),
    channel: channelField({ label: 'Channel' }),
    choice: choiceField({ label: 'Role', choices: [{ value: 'a', text: 'A' }] }),
  };

  it.each(Object.entries(fields))('of %s says when it is needed and empty', (_kind, {
    required,
    optional,
  }) => {
    for (const nothing of [undefined, null, {}, { value: null }, { value: '' }, { selected_option: null }]) {
      expect(optional.read(nothing)).toEqual({ ok: true, value: null });
      expect(reads(required, nothing)).toBe(`! ${required.label} is empty. It is needed here.`);
    }
  });

  it.each(Object.entries(fields))('of %s is an input with one name for everything', (_kind, {
    required,
    optional,
  }) => {
    const block = required.block('some_name', { initial: null, hint: 'Help', label: 'Another label' });
    expect(block).toMatchObject({
      type: 'input',
      block_id: 'some_name',
      optional: false,
      label: { text: 'Another label' },
      hint: { text: 'Help' },
      element: { action_id: 'some_name' },
    });
    expect(optional.block('n', { initial: null })).toMatchObject({
      optional: true,
      label: { text: optional.label },
    });
    expect(refusals(required as Field<never>, null)).toEqual([]);
  });

  it.each(
    Object.entries(fields),
  )('of %s leaves out what it cannot show, so that its form always opens', (kind, { required }) => {
    const wrong = kind === 'text' ? 'x'.repeat(40_000) : 'no such thing';
    expect(refusals(required as Field<never>, wrong)).toEqual([]);
    expect(refusals(required as Field<never>, '')).toEqual([]);
  });

  it('shows a hint, a placeholder, and tells of changes only where it was declared', () => {
    const plain = fields.text.optional.block('n', { initial: null });
    expect(plain).not.toHaveProperty('hint');
    expect(plain).not.toHaveProperty('dispatch_action');
    const rich = textField({ label: 'N', hint: 'h', placeholder: 'p', dispatch: true }).optional;
    expect(rich.block('n', { initial: null })).toMatchObject({
      dispatch_action: true,
      hint: { text: 'h' },
      element: {
        placeholder: { text: 'p' },
        dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
      },
    });
  });
});

describe('a text field', () => {
  const name = textField({ label: 'Name', max: 5 });
  const problem = textField({ label: 'Problem', lines: true, max: 40 });

  it.each([
    ['abcde', 'abcde'],
    ['  ab  ', 'ab'],
    ['😀😀😀😀😀', '😀😀😀😀😀'],
    ['a\u202eb\u0007', 'ab'],
    ['a\r\n b', 'a b'],
    [' \u200b ', null],
    ['abcdef', '! Name has 6 characters; 5 are possible. Shorten it.'],
    ['x'.repeat(40_000), '! Name has 40,000 characters; 5 are possible. Shorten it.'],
  ])('reads %j as %j', (typed, expected) => {
    expect(reads(name.optional, { value: typed })).toBe(expected);
  });

  it('keeps its lines where it has several', () => {
    expect(reads(problem.optional, { value: ' one\r\ntwo ' })).toBe('one\ntwo');
    expect(problem.optional.block('n', { initial: null })).toMatchObject({ element: { multiline: true } });
  });

  it.each([
    '<!channel>',
    '<@U1>',
    '=HYPERLINK("x")',
    '&amp;',
    '*bold* _x_ `y`',
  ])('keeps %j as it was typed', (typed) => {
    expect(reads(problem.optional, { value: typed })).toBe(typed);
  });

  it('refuses what is no text as if it were empty', () => {
    expect(reads(name.optional, { value: 7 })).toBeNull();
    expect(reads(name.optional, { value: { a: 1 } })).toBeNull();
  });

  it('lets nobody type more than Slack takes, and shows whole what stands there already', () => {
    const element = (field: Field<string | null>, initial: string | null) =>
      field.block('n', { initial })['element'] as { max_length: number; initial_value?: string };
    expect(element(name.optional, null).max_length).toBe(5);
    expect(element(textField({ label: 'N' }).optional, null).max_length).toBe(LIMITS.input.text);
    expect(element(textField({ label: 'N', max: 9000 }).optional, null).max_length).toBe(LIMITS.input.text);
    const older = element(name.optional, 'written before the limit');
    expect(older).toMatchObject({ initial_value: 'written before the limit', max_length: 24 });
    const huge = element(name.optional, 'x'.repeat(4000));
    expect(lengthOf(huge.initial_value ?? '')).toBe(LIMITS.input.text);
    expect(huge.max_length).toBe(LIMITS.input.text);
  });
});

describe('a day field', () => {
  const { optional } = dayField({ label: 'Start date' });

  it.each(['2026-01-05', '2024-02-29', '2000-02-29', '1900-01-01', '9999-12-31'])('takes %s', (day) => {
    expect(reads(optional, { selected_date: day })).toBe(day);
    expect(optional.block('n', { initial: day })).toMatchObject({ element: { initial_date: day } });
  });

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '1899-12-31',
    '5/1/2026',
    '2026-1-5',
    '20226-01-05',
    'soon',
    '<!channel>',
  ])('refuses %s, which does not exist, with an example', (day) => {
    expect(reads(optional, { selected_date: day })).toBe(
      `! Start date: "${day}" is not a day. Write it like 2026-03-28.`,
    );
    expect(optional.block('n', { initial: day })).not.toHaveProperty('element.initial_date');
  });

  it('says back only the beginning of what is far too long', () => {
    expect(String(reads(optional, { selected_date: 'x'.repeat(40_000) })).length).toBeLessThan(120);
  });
});

describe('a person field and a channel field', () => {
  const person = personField({ label: 'Owner' }).optional;
  const channel = channelField({ label: 'Channel' }).optional;

  it('take ids of Slack', () => {
    expect(reads(person, { selected_user: 'U0ANA000001' })).toBe('U0ANA000001');
    expect(reads(person, { selected_user: 'W0ANA000001' })).toBe('W0ANA000001');
    expect(reads(channel, { selected_conversation: 'C0CLAIMS001' })).toBe('C0CLAIMS001');
    expect(reads(channel, { selected_conversation: 'G0CLAIMS001' })).toBe('G0CLAIMS001');
    expect(reads(channel, { selected_channel: 'C0CLAIMS001' })).toBe('C0CLAIMS001');
  });

  it.each([
    '<!channel>',
    'ana',
    'U1 or U2',
    '\u202eU1',
    'U'.repeat(40_000),
    'C<script>',
  ])('refuse %j', (id) => {
    expect(reads(person, { selected_user: id })).toBe(
      '! Owner is not a person of Slack. Choose one from the list.',
    );
    expect(reads(channel, { selected_conversation: id })).toBe(
      '! Channel is not a channel of Slack. Choose one from the list.',
    );
  });
});

describe('a file field', () => {
  const { optional, required } = fileField({ label: 'File', types: ['csv'] });
  const file = { id: 'F1', name: 'values.csv', size: 12, url_private_download: 'https://files/1' };

  it('takes one file, with its name on one line', () => {
    expect(reads(optional, { files: [file] })).toEqual({
      id: 'F1',
      name: 'values.csv',
      size: 12,
      url: 'https://files/1',
    });
    const odd = {
      ...file,
      name: '\u202ea\nb',
      url_private_download: undefined,
      url_private: 'https://files/2',
    };
    expect(reads(optional, { files: [odd] })).toMatchObject({ name: 'a b', url: 'https://files/2' });
    expect(optional.block('n', { initial: null })).toMatchObject({
      element: { type: 'file_input', filetypes: ['csv'], max_files: 1 },
    });
  });

  it.each([
    [{ ...file, name: 'x'.repeat(40_000) }, { name: `${'x'.repeat(254)}…` }],
    [{ ...file, name: 7 }, { name: 'file' }],
    [{ ...file, name: '\u200b' }, { name: 'file' }],
    [{ ...file, size: 'x' }, { size: Number.MAX_VALUE }],
    [{ ...file, size: -1 }, { size: Number.MAX_VALUE }],
  ])('makes the best of %j', (dropped, expected) => {
    expect(reads(optional, { files: [dropped] })).toMatchObject(expected);
  });

  it('says when it is needed, and when nobody can say where the file is', () => {
    for (const files of [undefined, [], [null], ['x'], 'x']) {
      expect(reads(optional, { files })).toBeNull();
      expect(reads(required, { files })).toBe('! File is empty. It is needed here.');
    }
    expect(reads(optional, { files: [{ id: 'F1' }] })).toBe(
      '! File: Slack does not say where the file is. Drop it again.',
    );
  });
});

describe('boxes to tick', () => {
  const choices = Array.from({ length: 12 }, (_, index) => ({ value: `v${index}`, text: 'y'.repeat(200) }));
  const { optional } = choicesField({ label: 'Still in the way', choices });
  const ticked = (...values: unknown[]) =>
    reads(optional, { selected_options: values.map((value) => ({ value })) });

  it('give what was ticked, each once', () => {
    expect(ticked('v1', 'v2', 'v1')).toEqual(['v1', 'v2']);
    expect(ticked()).toEqual([]);
    expect(reads(optional, undefined)).toEqual([]);
    expect(refusals(optional as Field<never>, ['v1', 'gone'])).toEqual([]);
    expect(
      refusals(
        optional as Field<never>,
        choices.map(({ value }) => value),
      ),
    ).toEqual([]);
  });

  it.each([
    ['gone', '"gone"'],
    ['z'.repeat(40_000), `"${'z'.repeat(39)}…"`],
    [{ a: 1 }, 'this'],
    [undefined, 'this'],
  ])('refuse %j with its name, short and clean', (value, name) => {
    const sentence = `! Still in the way: ${name} is not on the list. Tick what is on it.`;
    expect(ticked('v1', value)).toBe(sentence);
  });

  it('survive what is no option', () => {
    expect(reads(optional, { selected_options: [null] })).toMatch(/^! Still in the way: this is not/);
    expect(reads(optional, { selected_options: 'x' })).toEqual([]);
  });
});

describe('a choice field', () => {
  const choices = [
    { value: 'workspace', text: 'Everyone in the workspace', description: 'x'.repeat(200) },
    { value: 'people', text: 'y'.repeat(200) },
  ] as const;
  const menu = choiceField({ label: 'Who can see it', choices }).optional;
  const radio = choiceField({ label: 'Who can see it', choices, radio: true }).optional;

  it('takes what is on its list', () => {
    expect(reads(menu, { selected_option: { value: 'people' } })).toBe('people');
    expect(menu.block('n', { initial: 'people' })).toMatchObject({
      element: { type: 'static_select', initial_option: { value: 'people' } },
    });
    expect(radio.block('n', { initial: null })).toMatchObject({ element: { type: 'radio_buttons' } });
    for (const field of [menu, radio]) {
      expect(refusals(field as Field<never>, 'people')).toEqual([]);
    }
  });

  it.each([
    ['nobody', '"nobody"'],
    ['', '""'],
    ['<!channel>', '"<!channel>"'],
    ['\u202eevil', '"evil"'],
    ['z'.repeat(40_000), `"${'z'.repeat(39)}…"`],
    [7, 'this'],
    [{ a: 1 }, 'this'],
  ])('refuses %j with its name, short and clean', (value, named) => {
    expect(reads(menu, { selected_option: { value } })).toBe(
      `! Who can see it: ${named} is not on the list. Choose one of it.`,
    );
  });
});
