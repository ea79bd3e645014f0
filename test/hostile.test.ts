import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { isObject, type JsonObject } from '../sandbox/server/json.ts';
import { readConfig, VARIABLES } from '../src/config.ts';
import { formFor } from '../src/features/check-in/form.ts';
import { wrongForm } from '../src/features/escalate/answer.ts';
import { features } from '../src/features/index.ts';
import { recordForm } from '../src/features/record-value/form.ts';
import { holidaysForm } from '../src/features/settings/forms.ts';
import type { Block } from '../src/slack/blocks.ts';
import type { Fields, Form, SubmittedView } from '../src/slack/form.ts';
import { LIMITS, lengthOf } from '../src/slack/limits.ts';
import { cleanTyped } from '../src/slack/text.ts';
import { addCriterion, askToSign, newest, reads, register, signedPilot } from './support/acts.ts';
import { freshDatabases } from './support/databases.ts';
import { CONTROLS, HOSTILE, REORDERING } from './support/hostile.ts';
import {
  COMMAND_ROWS,
  DECLARED_LATE,
  type FieldKind,
  FORM_ROWS,
  VARIABLE_ROWS,
} from './support/hostile-rows.ts';
import { startWorld, type World } from './support/world.ts';

type AnyForm = Form<unknown, Fields>;
const declared = vi.hoisted(() => new Map<string, { form: unknown; anything: unknown }>());
// Notes every form that is declared anywhere, whether its file exports it or not, and the same form about anything.
vi.mock('../src/slack/form.ts', async (original) => {
  const real = await original<typeof import('../src/slack/form.ts')>();
  const defineForm: typeof real.defineForm = (parts) => {
    const form = real.defineForm(parts);
    declared.set(form.id, { form, anything: real.defineForm({ ...parts, meta: z.unknown() }) });
    return form;
  };
  return { ...real, defineForm };
});

/** One sentence somebody can act upon: short, clean, with an end. */
function isSentence(words: string): boolean {
  const clean = !REORDERING.test(words) && !CONTROLS.test(words) && words.isWellFormed();
  return clean && lengthOf(words) <= 300 && /^\S.*[.…]$/s.test(words);
}

describe('every environment variable with every hostile value', () => {
  it('has a row for every variable', () => {
    expect(Object.keys(VARIABLE_ROWS).toSorted()).toEqual(Object.keys(VARIABLES).toSorted());
  });

  it.each(Object.keys(VARIABLE_ROWS))('%s is refused in one sentence under its name', (variable) => {
    for (const [name, hostile] of Object.entries(HOSTILE)) {
      const read = readConfig({ ...VARIABLE_ROWS[variable], [variable]: hostile }, 'slack');
      const problems = read.ok ? [] : read.problems;
      expect(
        problems.filter((problem) => problem.variable !== variable),
        name,
      ).toEqual([]);
      expect(problems.length, name).toBeLessThanOrEqual(1);
      expect(
        problems.filter(({ sentence }) => !isSentence(sentence)),
        name,
      ).toEqual([]);
      // Only a blank value may pass, because it is none, and for a secret what looks like one.
      const mayPass = hostile.trim() === '' || (/SECRET/.test(variable) && /^[\w-]+$/.test(hostile));
      expect(read.ok && !mayPass, name).toBe(false);
    }
  });
});

describe('every field of every form with every hostile value', () => {
  const metrics = [
    { name: 'Cost per claim', unit: 'EUR/claim' },
    { name: 'Legal agrees', unit: 'bool' },
  ];
  recordForm(metrics);
  formFor(metrics, [{ id: 'B1', words: 'No access' }]);
  wrongForm([
    { value: 'rhythm', text: 'Check-ins' },
    { value: 'data', text: 'Numbers' },
  ]);
  holidaysForm([{ day: '2026-01-01', name: "New Year's Day" }]);

  const PLACE = { channel: 'C0CLAIMS001', responseUrl: null };
  const FILE = { id: 'F1', name: 'values.csv', size: 12, url_private: 'https://files/1' };
  const GOOD: Readonly<Record<FieldKind, string>> = {
    text: 'abc',
    day: '2026-01-05',
    person: 'U0ANA000001',
    people: 'U0ANA000001',
    channel: 'C0CLAIMS001',
    choice: '',
    boxes: '',
    file: 'values.csv',
  };

  const formOf = (id: string, which: 'form' | 'anything'): AnyForm => {
    const form = declared.get(id);
    if (form === undefined) throw new Error(`no form ${id}`);
    return form[which] as AnyForm;
  };
  const elementOf = (blocks: readonly Block[], name: string): JsonObject => {
    const element = blocks.find(({ block_id: id }) => id === name)?.['element'];
    if (!isObject(element)) throw new Error(`no field ${name}`);
    return element;
  };
  const optionsOf = (element: JsonObject): string[] =>
    ((element['options'] ?? []) as { value: string }[]).map(({ value }) => value);

  /** What Slack would send for a field of a kind. */
  const STATES: Readonly<Record<FieldKind, (value: string) => object>> = {
    text: (value) => ({ value }),
    day: (value) => ({ selected_date: value }),
    person: (value) => ({ selected_user: value }),
    people: (value) => ({ selected_users: [value] }),
    channel: (value) => ({ selected_conversation: value }),
    choice: (value) => ({ selected_option: { value } }),
    boxes: (value) => ({ selected_options: [{ value }] }),
    file: (value) => ({ files: [{ ...FILE, name: value }] }),
  };

  /** Whether what was read may be kept. */
  const KEEPS: Readonly<Record<FieldKind, (value: unknown, element: JsonObject) => boolean>> = {
    text: (value, element) =>
      typeof value === 'string' &&
      value !== '' &&
      cleanTyped(value) === value &&
      !REORDERING.test(value) &&
      !CONTROLS.test(value) &&
      lengthOf(value) <= Number(element['max_length'] ?? LIMITS.input.text),
    day: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
    person: (value) => typeof value === 'string' && /^[UW][A-Z0-9]+$/.test(value),
    people: (value) => Array.isArray(value) && value.every((one) => /^[UW][A-Z0-9]+$/.test(String(one))),
    channel: (value) => typeof value === 'string' && /^[CGD][A-Z0-9]+$/.test(value),
    choice: (value, element) => optionsOf(element).includes(String(value)),
    boxes: (value, element) =>
      Array.isArray(value) && value.every((one) => optionsOf(element).includes(String(one))),
    file: (value) => isObject(value) && lengthOf(String(value['name'])) <= 255,
  };

  it('has a row for every form and every field', () => {
    const handled = new Set(features.flatMap(({ forms = [] }) => forms.map(({ form }) => form)));
    expect(Object.keys(FORM_ROWS).toSorted()).toEqual([...declared.keys()].toSorted());
    expect([...Object.keys(FORM_ROWS), ...DECLARED_LATE].toSorted()).toEqual([...handled].toSorted());
    for (const [id, fields] of Object.entries(FORM_ROWS)) {
      expect(Object.keys(fields).toSorted(), id).toEqual(Object.keys(formOf(id, 'form').fields).toSorted());
    }
  });

  const everyField = Object.entries(FORM_ROWS).flatMap(([id, fields]) =>
    Object.entries(fields).map(([name, kind]) => ({ id, fields, name, kind })),
  );
  it.each(everyField)('$id, $name: a value within its limits, or one sentence that names it', (row) => {
    const form = formOf(row.id, 'anything');
    const view = form.view({}, PLACE);
    const good = Object.fromEntries(
      Object.entries(row.fields).map(([name, kind]) => {
        const [first] = optionsOf(elementOf(view.blocks, name));
        return [name, { [name]: STATES[kind](first ?? GOOD[kind]) }];
      }),
    );
    const send = (element: unknown): SubmittedView => ({
      ...(view as unknown as SubmittedView),
      state: { values: { ...good, [row.name]: { [row.name]: element } } },
    });
    expect(form.read(send(good[row.name]?.[row.name]))).toMatchObject({ ok: true });
    const element = elementOf(view.blocks, row.name);
    const label = form.fields[row.name]?.label ?? '?';
    for (const [name, hostile] of Object.entries(HOSTILE)) {
      const read = form.read(send(STATES[row.kind](hostile)));
      const value = read.ok ? (read.values as Record<string, unknown>)[row.name] : null;
      expect(value === null || KEEPS[row.kind](value, element), `${name}: ${String(value)}`).toBe(true);
      const errors = Object.entries(read.ok ? {} : read.errors);
      const unclear = errors.filter(
        ([place, words]) => place !== row.name || !isSentence(words) || !words.startsWith(label),
      );
      expect(unclear, name).toEqual([]);
      // What is no answer of Slack at all is nothing, or one more sentence.
      for (const odd of [hostile, [hostile], { value: [hostile] }, { selected_option: hostile }, null, 7]) {
        expect(() => form.read(send(odd)), name).not.toThrow();
      }
    }
  });

  it.each(Object.keys(FORM_ROWS))('%s about something hostile is out of date', (id) => {
    const form = formOf(id, 'form');
    const view = formOf(id, 'anything').view({}, PLACE) as unknown as SubmittedView;
    const first = Object.keys(form.fields)[0] ?? '';
    for (const hostile of Object.values(HOSTILE)) {
      expect(form.read({ ...view, private_metadata: hostile })).toEqual({
        ok: false,
        errors: { [first]: 'This form is out of date. Close it and open it again.' },
      });
    }
  });
});

describe('every argument of every command with every hostile value', () => {
  const fresh = freshDatabases('sqlite');

  /** What the app has said to Slack since a number that could ping, or that Slack did not like. */
  function troublesSince(world: World, since: number): string[] {
    return world.control.read.log({ since }).flatMap((entry) => {
      const said = entry.direction === 'delivery' ? entry.answer : entry.request;
      const isSaid = entry.direction !== 'call' || entry.name.startsWith('chat.');
      const text = isSaid && isObject(said) ? String(said['text'] ?? '') : '';
      const whole = JSON.stringify(said).replaceAll('\\"', '"');
      const parsed = /"type":"(user|usergroup|broadcast|channel|mrkdwn|markdown)"/.exec(whole)?.[0];
      const failure = entry.direction === 'delivery' ? null : entry.failure;
      return [...entry.warnings, failure, parsed, /[<>]/.exec(text)?.[0]]
        .filter((trouble) => typeof trouble === 'string')
        .map((trouble) => `${entry.name}: ${trouble.slice(0, 300)}`);
    });
  }

  /** What is wrong with what somebody gets for a line; empty when they get an answer. */
  async function troublesOf(world: World, line: string): Promise<string[]> {
    const { control } = world;
    const since = control.read.log().at(-1)?.n ?? 0;
    const before = reads(world, 'ana', '#claims').length;
    const acted = await control.command('ana', '#claims', line);
    await world.settle();
    const view = control.openView('ana');
    const answered = view !== null || reads(world, 'ana', '#claims').length > before;
    const said = view === null ? newest(world, 'ana', '#claims') : control.read.text(view);
    if (view !== null) await control.closeView('ana', true);
    return [
      acted.ok ? '' : `not taken: ${acted.notice}`,
      answered ? '' : 'no answer',
      /went wrong on my side|took too long/.test(said) ? said : '',
      REORDERING.test(said) ? 'words are reordered' : '',
      ...troublesSince(world, since),
    ].filter((trouble) => trouble !== '');
  }

  /** A signed pilot with a week behind it, and one whose sponsor can be asked. */
  async function someWorld(): Promise<World> {
    const world = await startWorld(await fresh.database());
    await signedPilot(world);
    await register(world, 'Churn model');
    await addCriterion(world, 'churn-model');
    await askToSign(world, 'churn-model');
    await world.time.advanceTo(world.clock.now() + 8 * 86_400_000);
    return world;
  }

  /** Takes an open request back, so that the sponsor can be asked again. */
  async function takeBack(world: World): Promise<void> {
    const cards = world.control.read.dm('ana', 'Pilotage');
    const open = cards.find((card) => /\[Withdraw request\]/.test(world.control.read.text(card)));
    if (open === undefined) return;
    await world.control.press('ana', { channel: 'Pilotage', ts: open.ts, label: 'Withdraw request' });
    await world.settle();
  }

  it('has a row for every command and its arguments', () => {
    const commands = features.flatMap((feature) => feature.commands ?? []);
    expect(
      Object.fromEntries(Object.entries(COMMAND_ROWS).map(([name, { usage }]) => [name, usage])),
    ).toEqual(Object.fromEntries(commands.map(({ name, usage }) => [name, usage])));
  });

  it.each([
    ...Object.keys(COMMAND_ROWS),
    'nonsense',
    '',
  ])('/pilot %s always answers, and nothing pings', async (name) => {
    const world = await someWorld();
    const lines = COMMAND_ROWS[name]?.lines ?? ((text: string) => [text]);
    const found: string[] = [];
    for (const [what, hostile] of Object.entries(HOSTILE)) {
      for (const line of lines(hostile)) {
        await takeBack(world);
        for (const trouble of await troublesOf(world, `/pilot ${name} ${line}`)) {
          found.push(`${what}: ${trouble}`);
        }
      }
    }
    expect(found).toEqual([]);
    expect(world.complaints).toEqual([]);
    expect(troublesSince(world, 0)).toEqual([]);
  }, 120_000);

  it('is shown everywhere as what it is once it has been saved', async () => {
    const world = await startWorld(await fresh.database());
    const { control } = world;
    for (const hostile of Object.values(HOSTILE)) {
      const first = (most: number) => [...hostile].slice(0, most).join('');
      await control.command('ana', '#claims', '/pilot register');
      await world.settle();
      await control.fill('ana', {
        Name: first(80),
        'Business outcome': first(500),
        Problem: first(3000),
        'Business unit': first(80),
        'Executive sponsor': '@priya',
      });
      await control.submit('ana');
      await world.settle();
      if (control.openView('ana') !== null) await control.closeView('ana', true);
    }
    for (const who of ['ana', 'lena']) {
      await control.openHome(who);
      await world.settle();
    }
    for (const line of ['', 'list', 'list mine', 'mine', 'digest', 'show channel', 'criteria channel']) {
      expect(await troublesOf(world, `/pilot ${line}`), line).toEqual([]);
    }
    const home = control.read.home('ana') ?? {};
    expect(control.read.text(home)).toContain('<!channel>');
    expect(JSON.stringify(home)).not.toMatch(REORDERING);
    expect(troublesSince(world, 0)).toEqual([]);
    expect(world.complaints).toEqual([]);
  }, 120_000);
});
