import { describe, expect, it } from 'vitest';
import { asText, blocksOf, wordsOf } from '../support/as-text.ts';
import { everyView } from './every-view.ts';

const VIEWS = everyView({ typed: null, many: 14 });

describe('every view', () => {
  it.each(Object.entries(VIEWS))('says: %s', (_name, shown) => {
    expect(asText(shown)).toMatchSnapshot();
  });

  // Words that stand in code and docs, and what they would do in front of a reader who does not know them.
  const NEVER = [
    ...['watermelon', 'blind green', 'honesty', 'purgatory', 'heartbeat', 'sponsor strength', 'lapsed'],
    ...[
      'failed',
      'score',
      'ladder',
      'ramp',
      'sustain',
      'min n',
      'min_n',
      'guardrail',
      'verdict',
      'observation',
    ],
    ...[
      'quarantine',
      'escalation',
      'stalled',
      'logbook',
      'dossier',
      'regressed',
      'no_data',
      'null',
      'undefined',
    ],
    ...['NaN', '[object'],
  ];
  it.each(NEVER)('is without the word "%s"', (word) => {
    const told = Object.entries(VIEWS).filter(([, shown]) =>
      wordsOf(shown).some((words) => new RegExp(`(?<![\\w-])${word.replace('[', '\\[')}`, 'i').test(words)),
    );
    expect(told.map(([name]) => name)).toEqual([]);
  });

  it('speaks without exclamation marks, doubled stops, or blanks before a stop', () => {
    const loud = Object.entries(VIEWS).filter(([, shown]) =>
      wordsOf(shown).some((words) => /!|\s[.,;]|\.\.|;\s*$/.test(words)),
    );
    expect(loud.map(([name]) => name)).toEqual([]);
  });

  it('carries buttons whose rows have room for them and whose ids differ', () => {
    for (const [name, shown] of Object.entries(VIEWS)) {
      for (const block of blocksOf(shown).filter(({ type }) => type === 'actions')) {
        const ids = (block['elements'] as { action_id: string }[]).map(({ action_id }) => action_id);
        expect(new Set(ids).size, name).toBe(ids.length);
        expect(ids.length, name).toBeLessThanOrEqual(5);
      }
    }
  });
});
