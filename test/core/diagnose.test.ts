import { describe, expect, it } from 'vitest';
import { diagnose, type OwnView, type Watermelon, watermelon } from '../../src/core/diagnose.ts';
import { VERDICTS, type Verdict } from '../../src/core/evaluate/criterion.ts';
import decision from '../vectors/decision.json' with { type: 'json' };

type History = [OwnView, Verdict][];

describe('an owner’s view beside the measure, in the shared vectors', () => {
  it.each(
    decision.watermelon.map(({ history, expected }) => [JSON.stringify(history), history, expected] as const),
  )('%s is %s', (_name, history, expected) => {
    expect(watermelon(history as History)).toBe(expected);
  });
});

describe('an owner’s view beside the measure', () => {
  const first: Record<'green' | 'amber' | 'red', Record<Verdict, Watermelon>> = {
    green: {
      met: 'agree',
      on_track: 'agree',
      too_early: 'agree',
      at_risk: 'watch',
      stale: 'watch',
      no_data: 'watch',
      off_track: 'watermelon',
      regressed: 'watermelon',
      missed: 'watermelon',
    },
    amber: {
      met: 'agree',
      on_track: 'agree',
      too_early: 'agree',
      at_risk: 'agree',
      stale: 'agree',
      no_data: 'agree',
      off_track: 'watch',
      regressed: 'watch',
      missed: 'watch',
    },
    red: {
      met: 'owner_sees_more',
      on_track: 'owner_sees_more',
      too_early: 'agree',
      at_risk: 'agree',
      stale: 'agree',
      no_data: 'agree',
      off_track: 'agree',
      regressed: 'agree',
      missed: 'agree',
    },
  };

  for (const view of ['green', 'amber', 'red'] as const) {
    it.each(VERDICTS)(`${view} beside %s, for the first time`, (verdict) => {
      expect(watermelon([[view, verdict]])).toBe(first[view][verdict]);
    });
  }

  it.each([
    [
      'a small gap twice',
      [
        ['green', 'at_risk'],
        ['amber', 'missed'],
      ],
      'watermelon',
    ],
    [
      'a large gap, then a small one',
      [
        ['green', 'missed'],
        ['amber', 'missed'],
      ],
      'watermelon',
    ],
    [
      'a small gap, honesty, a small gap',
      [
        ['green', 'at_risk'],
        ['amber', 'at_risk'],
        ['green', 'at_risk'],
      ],
      'watch',
    ],
    [
      'blind twice',
      [
        ['green', 'stale'],
        ['green', 'no_data'],
      ],
      'blind_green',
    ],
    [
      'blind, then amber',
      [
        ['green', 'stale'],
        ['amber', 'stale'],
      ],
      'agree',
    ],
    [
      'blind, then a gap',
      [
        ['green', 'stale'],
        ['green', 'at_risk'],
      ],
      'watch',
    ],
    [
      'a gap, then blind',
      [
        ['green', 'at_risk'],
        ['green', 'stale'],
      ],
      'watch',
    ],
    [
      'too early is not blind',
      [
        ['green', 'stale'],
        ['green', 'too_early'],
      ],
      'agree',
    ],
    ['a confidence of eight is green', [[8, 'off_track']], 'watermelon'],
    ['a confidence of seven is amber', [[7, 'off_track']], 'watch'],
    ['a confidence of four is amber', [[4, 'met']], 'agree'],
    ['a confidence of three is red', [[3, 'met']], 'owner_sees_more'],
    ['nothing said yet', [], 'agree'],
  ] as [string, History, Watermelon][])('%s', (_title, history, expected) => {
    expect(watermelon(history)).toBe(expected);
  });
});

describe('the cause', () => {
  it.each([
    ['nothing known', {}, 'undetermined'],
    [
      'everything looked for, nothing seen',
      { adoption: { use_falling: false }, integration: { blocked_over_20_days: false } },
      'undetermined',
    ],
    [
      'the larger share wins',
      { data_quality: { drifting: true, units_set_aside: false }, adoption: { use_falling: true } },
      'adoption',
    ],
    [
      'what nobody knows is no evidence',
      { data_quality: { drifting: true, units_set_aside: null }, adoption: { use_falling: true } },
      'data_quality',
    ],
    [
      'a tie goes upstream',
      { integration: { blocked_over_20_days: true }, adoption: { use_falling: true } },
      'integration',
    ],
    [
      'the model only when nothing upstream shows',
      { model_performance: { technical_criteria_below_target: true } },
      'model_performance',
    ],
    [
      'else what shows upstream',
      {
        data_quality: { drifting: true, units_set_aside: false, over_a_fifth_corrected: false },
        model_performance: { technical_criteria_below_target: true },
      },
      'data_quality',
    ],
  ] as [string, Parameters<typeof diagnose>[0], string][])('%s', (_title, signs, expected) => {
    expect(diagnose(signs)).toBe(expected);
  });
});
