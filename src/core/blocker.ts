/** What kinds of things stand in a pilot's way? */

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

/**
 * The gap a kind of blocker belongs to; null where it fits none.
 *
 * @example
 * gapOf('security') // 'alignment'
 * gapOf('other') // null
 */
export const gapOf = (kind: BlockerKind): Gap | null => GAPS[kind];
