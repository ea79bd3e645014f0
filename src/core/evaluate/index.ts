/** What can be asked about criteria and what the observations say of them? */

export type { Cadence, Day } from '../day.ts';
export {
  AGGREGATIONS,
  type Aggregation,
  type Calendar,
  type Criterion,
  calendarFrom,
  criterionFrom,
  type DecimalText,
  type DefinitionError,
  EVALUATE,
  type Evaluate,
  type Evaluation,
  type EvaluationInput,
  type Forecast,
  KINDS,
  type Kind,
  type Observation,
  type Phase,
  type Provenance,
  type Reason,
  type Refused,
  ROLES,
  type Role,
  type SetAside,
  VERDICTS,
  type Verdict,
} from './criterion.ts';
export { ENGINE_VERSION, evaluate } from './evaluate.ts';
export { checkDefinition, goalOf } from './goal.ts';
export { valuesNeeded } from './percentile.ts';
export { convertible } from './units.ts';
export { type Warning, type WhatIf, whatIf } from './what-if.ts';
export { worstOf } from './worst.ts';
