import { describe, expect, it } from 'vitest';
import { checkBlocks, textInBlocks } from '../../sandbox/server/block-kit/check.ts';
import { messageLimits } from '../../sandbox/server/limits.ts';
import { type Message, message, sentence } from '../../src/slack/blocks.ts';
import { blocksOf, type Shown, wordsOf } from '../support/as-text.ts';
import { CONTROLS, HOSTILE, REORDERING } from '../support/hostile.ts';
import { everyView } from './every-view.ts';

/** What Slack would say about it, or what its reader would regret; empty when all is well. */
function troubles(shown: Shown): string[] {
  const said = asMessage(shown);
  const blocks = structuredClone(said.blocks) as never[];
  const sent = JSON.stringify(said);
  const words = wordsOf(said);
  return [
    ...checkBlocks(blocks, 'message').map(({ message: why, pointer }) => `${why} at ${pointer}`),
    textInBlocks(blocks) > messageLimits.blocksText ? 'msg_blocks_too_long' : '',
    [...said.text].length > messageLimits.updateText ? 'msg_too_long' : '',
    said.text.trim() === '' ? 'no_text' : '',
    /[<>]/.test(said.text) || /&(?!amp;|lt;|gt;)/.test(said.text)
      ? 'something in the text would be parsed'
      : '',
    /"type":"(user|usergroup|broadcast|channel|mrkdwn|markdown)"/.test(sent) ? 'something would ping' : '',
    words.some((one) => REORDERING.test(one)) ? 'words would be reordered' : '',
    words.some((one) => CONTROLS.test(one)) ? 'there are control characters' : '',
    said.text.isWellFormed() ? '' : 'half a character',
  ].filter((trouble) => trouble !== '');
}

function asMessage(shown: Shown): Message {
  if (typeof shown === 'string') return sentence(shown);
  if ('blocks' in shown) return shown;
  const blocks = blocksOf(shown);
  return blocks.length > 0
    ? { text: 'buttons', blocks }
    : message({ notice: 'lines', lines: shown as never });
}

describe('every view with hostile texts, 60 criteria and 60 pilots', () => {
  const repeated = [
    'a ping of everybody',
    'a turned direction',
    'a family',
    'a formula',
    'several lines',
  ] as const;
  const long = repeated.map((name): [string, string] => [
    `${name}, 4,000 characters long`,
    [...HOSTILE[name].repeat(4000)].slice(0, 4000).join(''),
  ]);
  it.each([...Object.entries(HOSTILE), ...long])('is taken by Slack as it is: %s', (_name, typed) => {
    const found = Object.entries(everyView({ typed, many: 60 })).flatMap(([name, shown]) =>
      troubles(shown).map((trouble) => `${name}: ${trouble}`),
    );
    expect(found).toEqual([]);
  });

  it('would be caught', () => {
    expect(troubles({ text: '<!channel>', blocks: [] })).toEqual(['something in the text would be parsed']);
    expect(
      troubles({ text: 'x', blocks: [{ type: 'header', text: { type: 'plain_text', text: '' } }] }),
    ).not.toEqual([]);
    expect(troubles({ text: 'a\u202eb', blocks: [] })).toEqual(['words would be reordered']);
  });
});
