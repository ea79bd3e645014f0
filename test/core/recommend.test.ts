import { describe, expect, it } from 'vitest';
import { type RecommendationInput, recommend } from '../../src/core/recommend.ts';
import decision from '../vectors/decision.json' with { type: 'json' };

describe('the shared vectors', () => {
  it.each(
    decision.recommendation.map(({ input, expected }) => [JSON.stringify(input), input, expected] as const),
  )('%s', (_name, input, expected) => {
    expect(recommend(input as RecommendationInput)).toEqual(expected);
  });
});

describe('the first rule that applies', () => {
  const missed: RecommendationInput = {
    required: ['missed', 'missed'],
    guardrails: ['met'],
    progress: [0.1, 0.2],
    eta_ok: [0, 0],
  };
  const met: RecommendationInput = { required: ['met'], guardrails: ['met'], progress: [1], eta_ok: [1] };

  it.each([
    ['ready by not using the list', met, 'R1', 'go'],
    ['ready at sixteen points', { ...met, readiness: 16 }, 'R1', 'go'],
    ['not ready at fifteen', { ...met, readiness: 15 }, 'R2', 'not_yet'],
    ['a guardrail without data is not passed', { ...met, guardrails: ['no_data'] }, 'R7', 'not_yet'],
    ['nothing required is not passed', { ...met, required: [], progress: [], eta_ok: [] }, 'R7', 'not_yet'],
    ['a hard guardrail missed', { ...met, guardrails: ['met', 'missed'], hard: [false, true] }, 'R3', 'stop'],
    [
      'a soft guardrail missed beside a hard one met',
      { ...met, guardrails: ['met', 'missed'], hard: [true, false] },
      'R8',
      'restructure',
    ],
    ['all guardrails hard', { ...met, guardrails: ['missed'], hard: true }, 'R3', 'stop'],
    [
      'hard before restructured',
      { ...missed, guardrails: ['missed'], hard: true, restructured: true },
      'R3',
      'stop',
    ],
    ['restructured once already', { ...missed, restructured: true, age_weeks: 30 }, 'R4', 'stop'],
    ['half a year and nothing to show', { ...missed, age_weeks: 26 }, 'R5', 'stop'],
    ['half a year less a week', { ...missed, age_weeks: 25 }, 'R8', 'restructure'],
    [
      'half a year and a quarter of the way',
      { ...missed, age_weeks: 26, progress: [0.25, null] },
      'R8',
      'restructure',
    ],
    [
      'half a year and nothing measured',
      { ...missed, required: ['no_data'], progress: [null], age_weeks: 26 },
      'R5',
      'stop',
    ],
    [
      'half a year and one met',
      { ...missed, required: ['met', 'missed'], age_weeks: 26 },
      'R8',
      'restructure',
    ],
    ['the model does not do it', { ...missed, diagnosis: 'model_performance' }, 'R6', 'stop'],
    [
      'the model does half of it',
      { ...missed, progress: [0.5, 0.1], diagnosis: 'model_performance' },
      'R8',
      'restructure',
    ],
    ['nobody uses it', { ...missed, diagnosis: 'adoption' }, 'R8', 'restructure'],
    [
      'all will arrive in four weeks',
      { ...missed, progress: [0.9, 0.8], eta_ok: [1, true] },
      'R7',
      'not_yet',
    ],
    ['one will not', { ...missed, progress: [0.9, 0.8], eta_ok: [1, 0] }, 'R8', 'restructure'],
    [
      'the extension would pass half a year',
      { ...missed, progress: [0.9, 0.8], eta_ok: [1, 1], age_weeks: 23 },
      'R8',
      'restructure',
    ],
    [
      'the extension ends at half a year',
      { ...missed, progress: [0.9, 0.8], eta_ok: [1, 1], age_weeks: 22 },
      'R7',
      'not_yet',
    ],
    [
      'a shorter extension fits',
      { ...missed, progress: [0.9, 0.8], eta_ok: [1, 1], age_weeks: 24, extension_weeks: 2 },
      'R7',
      'not_yet',
    ],
  ] as [string, RecommendationInput, string, string][])('%s', (_title, input, rule, recommendation) => {
    expect(recommend(input)).toEqual({ recommendation, rule });
  });
});
