import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkView } from '../../sandbox/server/block-kit/check.ts';
import { context } from '../../src/slack/blocks.ts';
import { choiceField, dayField, textField } from '../../src/slack/field.ts';
import { defineForm, type SubmittedView } from '../../src/slack/form.ts';
import { LIMITS } from '../../src/slack/limits.ts';

const form = defineForm({
  id: 'sample',
  title: 'Sample',
  submit: 'Save',
  meta: z.object({ pilot: z.string() }),
  fields: {
    name: textField({ label: 'Name', max: 10 }).required,
    start: dayField({ label: 'Start date', hint: 'First day' }).optional,
    role: choiceField({ label: 'Role', choices: [{ value: 'required', text: 'Required' }] }).optional,
  },
});
const PLACE = { channel: 'C1', responseUrl: 'https://hooks.example/1' };
const view = form.view({ pilot: 'P1' }, PLACE);

/** The view as Slack sends it back with some values in it. */
const filled = (values: Record<string, object>, over: SubmittedView = {}): SubmittedView => ({
  callback_id: 'sample',
  private_metadata: view['private_metadata'] as string,
  blocks: view.blocks as never,
  state: {
    values: Object.fromEntries(Object.entries(values).map(([name, state]) => [name, { [name]: state }])),
  },
  ...over,
});

describe('a form as it opens', () => {
  it('is made from its declaration: the names of its fields are ids of blocks and of inputs', () => {
    expect(view).toMatchObject({
      type: 'modal',
      callback_id: 'sample',
      title: { text: 'Sample' },
      submit: { text: 'Save' },
    });
    expect(view.blocks.map((block) => block['block_id'])).toEqual(Object.keys(form.fields));
    expect(view.blocks.map((block) => (block['element'] as { action_id: string }).action_id)).toEqual(
      Object.keys(form.fields),
    );
    expect(checkView(structuredClone(view) as never, ['modal'])).toEqual([]);
  });

  it('shows what it is told to: titles, labels, hints, what stands there, what is above and below', () => {
    const look = form.view({ pilot: 'P1' }, PLACE, {
      title: 'A title that is far longer than Slack allows',
      submit: 'A button that is far longer too',
      initial: { name: 'Claims', start: '2026-01-05', role: 'required' },
      hints: { name: 'A hint' },
      labels: { name: 'Called' },
      without: ['start'],
      above: [context('above')],
      below: [context('below')],
    });
    expect(checkView(structuredClone(look) as never, ['modal'])).toEqual([]);
    expect((look['title'] as { text: string }).text).toBe('A title that is far lon…');
    expect(look.blocks.map((block) => block['block_id'] ?? block.type)).toEqual([
      'context',
      'name',
      'role',
      'context',
    ]);
    expect(look.blocks[1]).toMatchObject({
      label: { text: 'Called' },
      hint: { text: 'A hint' },
      element: { initial_value: 'Claims' },
    });
  });

  it('remembers what it is about and where it was opened, up to what Slack keeps', () => {
    const about = (pilot: string, responseUrl: string) =>
      form.about(form.view({ pilot }, { channel: 'C1', responseUrl }) as never);
    expect(about('P1', 'https://x')).toEqual({
      meta: { pilot: 'P1' },
      place: { channel: 'C1', responseUrl: 'https://x' },
    });
    // The answer's address gives way before what the form is about.
    const url = 'https://x';
    const full = LIMITS.view.privateMetadata - JSON.stringify({ m: { pilot: '' }, c: 'C1', r: url }).length;
    expect(about('x'.repeat(full), url)?.place.responseUrl).toBe(url);
    expect(about('x'.repeat(full), `${url}y`)).toMatchObject({ place: { channel: 'C1', responseUrl: null } });
    expect(about('P1', `${url}${'y'.repeat(40_000)}`)?.place.responseUrl).toBeNull();
    expect(() => about('x'.repeat(3000), 'u')).toThrow(/sample carries too much/);
  });
});

describe('a form as it comes back', () => {
  const name = { value: ' Claims ' };

  it('gives the values of its fields, and null for what is empty', () => {
    expect(form.read(filled({ name, start: { selected_date: '2026-01-05' } }))).toEqual({
      ok: true,
      meta: { pilot: 'P1' },
      place: PLACE,
      values: { name: 'Claims', start: '2026-01-05', role: null },
    });
  });

  it('gives every wrong field its sentence, under the id of its block', () => {
    const read = form.read(
      filled({
        name: { value: 'x'.repeat(11) },
        start: { selected_date: '2026-02-30' },
        role: { selected_option: { value: 'x' } },
      }),
    );
    expect(read).toEqual({
      ok: false,
      errors: {
        name: 'Name has 11 characters; 10 are possible. Shorten it.',
        start: 'Start date: "2026-02-30" is not a day. Write it like 2026-03-28.',
        role: 'Role: "x" is not on the list. Choose one of it.',
      },
    });
  });

  it('does not ask for fields that were left out', () => {
    const shorter = form.view({ pilot: 'P1' }, PLACE, { without: ['name'] });
    const read = form.read(
      filled({ start: { selected_date: '2026-01-05' } }, { blocks: shorter.blocks as never }),
    );
    expect(read).toMatchObject({ ok: true, values: { name: null, start: '2026-01-05', role: null } });
  });

  it('asks for all of them where the view does not say which it showed', () => {
    expect(form.read(filled({}, { blocks: [] }))).toMatchObject({
      ok: false,
      errors: { name: 'Name is empty. It is needed here.' },
    });
  });

  it.each([
    undefined,
    '',
    'x',
    'null',
    '[]',
    '{}',
    '{"m":{"pilot":7}}',
    '{"m":{"pilot":"P1"}',
  ])('with %j in the place of what it is about says that it is out of date', (metadata) => {
    const { private_metadata: _, ...rest } = filled({ name });
    const read = form.read(metadata === undefined ? rest : { ...rest, private_metadata: metadata });
    expect(read).toEqual({
      ok: false,
      errors: { name: 'This form is out of date. Close it and open it again.' },
    });
    expect(form.about(metadata === undefined ? {} : { private_metadata: metadata })).toBeNull();
  });

  it('survives a state that is not one', () => {
    for (const state of [undefined, {}, { values: {} }, { values: { name: {} } }]) {
      const { state: _, ...rest } = filled({});
      expect(form.read(state === undefined ? rest : { ...rest, state }).ok).toBe(false);
    }
  });

  it('can be looked at while somebody is still typing', () => {
    const typing = filled({ name, start: { selected_date: 'x' } });
    expect(form.peek(typing, 'name')).toBe('Claims');
    expect(form.peek(typing, 'start')).toBeNull();
    expect(form.peek(typing, 'role')).toBeNull();
    expect(() => form.peek(typing, 'nothing' as 'name')).toThrow(/sample has no field nothing/);
  });
});
