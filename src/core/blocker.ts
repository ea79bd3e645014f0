/** What kinds of things stand in a pilot's way? */
import type { StallCause } from './escalation/cause.ts';

/** The kinds, each a gap between a pilot and production; what fits nowhere is other. */
export const BLOCKER_KINDS = [
  'data',
  'integration',
  'alignment',
  'security',
  'evaluation',
  'scale',
  'operations',
  'change',
  'other',
] as const;
export type BlockerKind = (typeof BLOCKER_KINDS)[number];

/** The gaps that kill pilots on their way to production. */
export type Gap = 'data_quality' | 'integration' | 'alignment' | 'evaluation' | 'scale' | 'maintenance';

const GAPS: Readonly<Record<BlockerKind, Gap | null>> = {
  data: 'data_quality',
  integration: 'integration',
  alignment: 'alignment',
  security: 'alignment',
  evaluation: 'evaluation',
  scale: 'scale',
  operations: 'maintenance',
  change: 'alignment',
  other: null,
};

const OF_CAUSE: Partial<Record<StallCause, BlockerKind>> = {
  data: 'data',
  drift: 'data',
  setup: 'evaluation',
  adoption: 'change',
};

/**
 * The kind of thing that is most likely in the way where a pilot shows signs of these causes, the heaviest first.
 *
 * @example
 * likelyKind(['adoption', 'progress']) // 'change'
 * likelyKind(['rhythm', 'data']) // 'data'
 * likelyKind(['progress']) // 'other'
 */
export const likelyKind = (causes: readonly StallCause[]): BlockerKind =>
  causes.map((cause) => OF_CAUSE[cause]).find((kind) => kind !== undefined) ?? 'other';

/**
 * The gap a kind of blocker belongs to; null where it fits none.
 *
 * @example
 * gapOf('security') // 'alignment'
 * gapOf('other') // null
 */
export const gapOf = (kind: BlockerKind): Gap | null => GAPS[kind];
