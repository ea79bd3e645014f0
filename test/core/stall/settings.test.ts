import { describe, expect, it } from 'vitest';
import { settingsProblems } from '../../../src/core/stall/check-settings.ts';
import {
  PRESETS,
  settingsOf,
  THRESHOLD_NAMES,
  THRESHOLDS,
  thresholdProblems,
} from '../../../src/core/stall/settings.ts';

describe('the thresholds', () => {
  it.each(PRESETS)('of the preset %s can be used', (preset) => {
    expect(settingsProblems(settingsOf(preset))).toEqual([]);
  });

  it('of the presets get stricter from calm to strict', () => {
    const stricter = THRESHOLD_NAMES.filter((name) => {
      const { calm, normal, strict } = THRESHOLDS[name];
      const up = calm <= normal && normal <= strict;
      const down = calm >= normal && normal >= strict;
      return !(['flat_share', 'users_share'].includes(name) ? up : down);
    });
    expect(stricter).toEqual([]);
  });

  it('are refused one by one, each with its limit', () => {
    const settings = settingsOf('normal', {
      missed_minor: 0,
      missed_critical: 99,
      blocker_minor: 2.5,
      sponsor_minor: Number.NaN,
      data_minor: 4,
    });
    expect(thresholdProblems(settings)).toEqual([
      { name: 'missed_minor', why: 'below', limit: 1 },
      { name: 'missed_critical', why: 'above', limit: 12 },
      { name: 'sponsor_minor', why: 'not_a_number', limit: null },
      { name: 'blocker_minor', why: 'not_whole', limit: null },
      { name: 'data_minor', why: 'after', limit: 'data_major' },
    ]);
  });

  it.each([
    ['silent', { missed_critical: 9 }],
    ['off_track', { off_track_critical: 9 }],
    ['no_progress', { purgatory_weeks: 45 }],
    ['undecided', { decision_critical: 40 }],
  ] as const)('are refused when a pilot that dies %s would never reach the sponsor', (death, changed) => {
    expect(settingsProblems(settingsOf('normal', changed))).toEqual([{ why: 'never', death }]);
  });

  it('are refused when one bad week reaches the sponsor', () => {
    expect(settingsProblems(settingsOf('normal', { off_track_major: 1, off_track_critical: 1 }))).toEqual([
      { why: 'always', of: 'bad_week' },
    ]);
    expect(
      settingsProblems(settingsOf('normal', { build_weeks: 1, phase_minor: 0, phase_major: 0 })),
    ).toEqual([{ why: 'always', of: 'healthy' }]);
  });
});
