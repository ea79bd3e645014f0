import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkBlocks } from '../../sandbox/server/block-kit/check.ts';
import { buttonKind, defineButton } from '../../src/slack/button.ts';
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
