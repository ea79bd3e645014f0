import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkBlocks } from '../../sandbox/server/block-kit/check.ts';
import { buttonKind, defineButton, menu } from '../../src/slack/button.ts';
import { readPressed } from '../../src/slack/incoming.ts';
import { LIMITS } from '../../src/slack/limits.ts';

const sign = defineButton('sign', 'Sign charter', z.object({ pilot: z.string(), version: z.number() }));
const carriedBy = (element: object) => (element as { value: string }).value;

describe('a button', () => {
  it('carries what it is about and gives it back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(), (pilot, version) => {
        expect(sign.read(carriedBy(sign.element({ pilot, version })))).toEqual({ pilot, version });
      }),
    );
  });

  it.each([
    [undefined],
    [''],
    ['sign'],
    ['null'],
    ['[]'],
    ['{}'],
    ['{"pilot":1,"version":1}'],
    ['{"pilot":"P1","version":"1"}'],
    ['{"pilot":"P1","version":1'],
    ['<!channel>'],
    ['x'.repeat(40_000)],
  ])('of another kind or an older version carries nothing: %j', (value) => {
    expect(sign.read(value)).toBeNull();
  });

  it('that would carry more than Slack keeps is never drawn', () => {
    const free = LIMITS.button.value - JSON.stringify({ pilot: '', version: 1 }).length;
    const fits = sign.element({ pilot: 'x'.repeat(free), version: 1 });
    expect(checkBlocks([{ type: 'actions', elements: [fits] }], 'message')).toEqual([]);
    expect(() => sign.element({ pilot: 'x'.repeat(free + 1), version: 1 })).toThrow(/sign carries too much/);
  });

  it('looks as it is told to, within what Slack shows', () => {
    const long = 'x'.repeat(400);
    const element = sign.element(
      { pilot: 'P1', version: 1 },
      {
        label: long,
        style: 'primary',
        confirm: { title: long, text: long, yes: long, no: long },
        nth: 3,
        spoken: long,
      },
    );
    expect(checkBlocks(structuredClone([{ type: 'actions', elements: [element] }]), 'message')).toEqual([]);
    expect(element).toMatchObject({
      action_id: 'sign#3',
      style: 'primary',
      text: { text: `${'x'.repeat(LIMITS.button.text - 1)}…` },
      confirm: {
        title: { text: `${'x'.repeat(LIMITS.confirm.title - 1)}…` },
        text: { text: `${'x'.repeat(LIMITS.confirm.text - 1)}…` },
        confirm: { text: `${'x'.repeat(LIMITS.confirm.button - 1)}…` },
        deny: { text: `${'x'.repeat(LIMITS.confirm.button - 1)}…` },
      },
      accessibility_label: `${'x'.repeat(LIMITS.button.text - 1)}…`,
    });
    expect(sign.element({ pilot: 'P1', version: 1 })).toEqual({
      type: 'button',
      action_id: 'sign',
      text: { type: 'plain_text', text: 'Sign charter', emoji: false },
      value: '{"pilot":"P1","version":1}',
    });
  });

  it('is known by its kind wherever it stands in a row', () => {
    expect(['sign', 'sign#0', 'sign#12', ''].map(buttonKind)).toEqual(['sign', 'sign', 'sign', '']);
  });
});

describe('a menu', () => {
  const undo = defineButton('undo', 'Undo', z.object({}));
  const about = { pilot: 'P1', version: 2 };
  const optionsOf = (block: object | undefined) =>
    (block as { options: { text: { text: string }; value: string }[] }).options;

  it('carries its choices as the presses of their buttons', () => {
    const [block] = menu([sign.choice(about, { label: 'Sign now' }), undo.choice({})]);
    expect(checkBlocks([{ type: 'actions', elements: [block] }], 'message')).toEqual([]);
    expect(optionsOf(block).map(({ text }) => text.text)).toEqual(['Sign now', 'Undo']);
    const [chosen, other] = optionsOf(block).map((option) =>
      readPressed({ type: 'overflow', action_id: 'more-choices', selected_option: option }),
    );
    expect(chosen?.actionId).toBe('sign');
    expect(sign.read(chosen?.value)).toEqual(about);
    expect(other).toEqual({ actionId: 'undo', value: '{}' });
  });

  it('of one choice is its button, of none nothing at all', () => {
    expect(menu([sign.choice(about)])).toEqual([sign.element(about)]);
    expect(menu([])).toEqual([]);
  });

  it('takes five choices and refuses the sixth, like Slack', () => {
    const many = (count: number) => Array.from({ length: count }, () => undo.choice({}));
    expect(checkBlocks([{ type: 'actions', elements: menu(many(5)) }], 'message')).toEqual([]);
    expect(() => menu(many(6))).toThrow(/a menu takes 5 choices/);
  });

  it('that would carry more than Slack keeps in a choice is never drawn', () => {
    const free = LIMITS.option.value - 'sign {"pilot":"","version":1}'.length;
    const fits = menu([sign.choice({ pilot: 'x'.repeat(free), version: 1 }), undo.choice({})]);
    expect(checkBlocks([{ type: 'actions', elements: fits }], 'message')).toEqual([]);
    expect(() => sign.choice({ pilot: 'x'.repeat(free + 1), version: 1 })).toThrow(/carries too much/);
  });
});
