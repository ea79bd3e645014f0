import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as slack from '../../sandbox/server/limits.ts';
import { LIMITS, lengthOf, shorten } from '../../src/slack/limits.ts';

describe('a length', () => {
  it.each([
    ['', 0],
    ['ab', 2],
    ['é', 1],
    ['e\u0301', 2],
    ['😀', 1],
    ['👩‍👩‍👧', 5],
    ['🇩🇪', 2],
    ['\ud83d', 1],
  ])('of %j is counted in code points: %i', (text, length) => {
    expect(lengthOf(text)).toBe(length);
  });
});

describe('shortening', () => {
  it('leaves alone what fits, to the last code point', () => {
    expect(shorten('😀😀😀', 3)).toBe('😀😀😀');
    expect(shorten('😀😀😀😀', 3)).toBe('😀😀…');
    expect(shorten('', 0)).toBe('');
  });

  it('never cuts inside a character that people see as one', () => {
    expect(shorten('ab👩‍👩‍👧cd', 6)).toBe('ab…');
    expect(shorten('🇩🇪🇫🇷', 3)).toBe('🇩🇪…');
    expect(shorten('ne\u0301e', 3)).toBe('n…');
    expect(shorten(`${'a\u0301'.repeat(3)}b`, 6)).toBe('a\u0301a\u0301…');
  });

  it('leaves no blank before the ellipsis', () => {
    expect(shorten('Claims triage', 8)).toBe('Claims…');
  });

  it('never gives more than was asked for, and says that something is missing', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (words, limit) => {
        const short = shorten(words, limit);
        expect(lengthOf(short)).toBeLessThanOrEqual(limit);
        expect(short === words).toBe(lengthOf(words) <= limit);
        expect(short === words || short.endsWith('…')).toBe(true);
      }),
    );
  });
});

describe('every limit', () => {
  // What the local Slack enforces was written down independently; ours may be tighter, never wider.
  it.each([
    ['blocks of a message', LIMITS.message.blocks, slack.messageLimits.blocks],
    ['text of a message', LIMITS.message.text, slack.messageLimits.updateText],
    ['lines of a message', LIMITS.message.lines + LIMITS.header, slack.messageLimits.blocksText],
    ['blocks of a view', LIMITS.view.blocks, slack.viewLimits.blocks],
    ['title of a view', LIMITS.view.title, slack.viewLimits.title],
    ['submit of a view', LIMITS.view.submit, slack.viewLimits.submit],
    ['close of a view', LIMITS.view.close, slack.viewLimits.close],
    ['metadata of a view', LIMITS.view.privateMetadata, slack.viewLimits.privateMetadata],
    ['size of a view', LIMITS.view.bytes, slack.viewLimits.bytes],
    ['header', LIMITS.header, slack.blockLimits.header.text],
    ['section', LIMITS.section, slack.blockLimits.section.text],
    ['actions', LIMITS.actions, slack.blockLimits.actions.elements],
    ['context', LIMITS.context, slack.blockLimits.context.elements],
    ['text of a button', LIMITS.button.text, slack.elementLimits.button.text],
    ['value of a button', LIMITS.button.value, slack.elementLimits.button.value],
    ['text of an option', LIMITS.option.text, slack.objectLimits.option.text],
    ['value of an option', LIMITS.option.value, slack.objectLimits.option.value],
    ['description of an option', LIMITS.option.description, slack.objectLimits.option.description],
    ['choices behind ⋯', LIMITS.overflow, slack.elementLimits.overflow.options],
    ['options of a menu', LIMITS.select, slack.elementLimits.select.options],
    ['radio buttons', LIMITS.radio, slack.elementLimits.radioButtons.options],
    ['label of an input', LIMITS.input.label, slack.blockLimits.input.label],
    ['hint of an input', LIMITS.input.hint, slack.blockLimits.input.hint],
    ['placeholder', LIMITS.input.placeholder, slack.elementLimits.placeholder],
    ['typed text', LIMITS.input.text, slack.elementLimits.plainTextInput.length],
    ['title of a dialog', LIMITS.confirm.title, slack.objectLimits.confirm.title],
    ['text of a dialog', LIMITS.confirm.text, slack.objectLimits.confirm.text],
    ['button of a dialog', LIMITS.confirm.button, slack.objectLimits.confirm.button],
    ['action id', LIMITS.actionId, slack.elementLimits.actionId],
    ['block id', LIMITS.blockId, slack.blockLimits.blockId],
  ])('on the %s is one that Slack accepts', (_name, ours, theirs) => {
    expect(ours).toBeGreaterThan(0);
    expect(ours).toBeLessThanOrEqual(theirs);
  });
});
