/** By which rule did something count against a pilot, and from which point on? */
import { type Evidence, FAMILY, type LatePhase, type Signal } from '../core/stall/signal.ts';
import { ENOUGH_OTHERS } from '../core/stall/time.ts';
import type { StallLook } from '../core/stall.ts';
import { bold, type Line } from '../slack/text.ts';
import { CAUSE_WORDS } from './case-refusal-text.ts';
import { type EvidenceNames, evidenceText, othersText } from './stall-text.ts';

const WEIGHTS: Readonly<Record<Signal['weight'], string>> = { 1: 'minor', 2: 'major', 4: 'critical' };

/** The threshold behind what was seen: 'from 2 in a row on'. */
function thresholdText(evidence: Evidence): string {
  switch (evidence.rule) {
    case 'missed_check_ins':
      return `from ${evidence.limit} in a row on`;
    case 'old_data':
      return `from ${evidence.limit} days on`;
    case 'off_track':
      return `from ${evidence.limit} check-ins running on; one at risk in between does not end the row`;
    case 'regressed':
      return `from ${evidence.limit} check-ins running on`;
    case 'forecast_short':
      return `once ${Math.round(evidence.limit * 100)} % of the time is gone and all of the likely range falls short`;
    case 'flat':
      return `when the last ${evidence.periods} numbers at best move by ${evidence.slope.toFixed(2)} a period and ${evidence.needed.toFixed(2)} is needed`;
    case 'late_phase':
      return phaseThreshold(evidence);
    case 'no_decision_date':
    case 'purgatory':
    case 'silent_sponsor':
    case 'no_criteria':
    case 'no_baseline':
      return `from ${evidence.limit} days on`;
    case 'decision_overdue':
    case 'old_blocker':
      return `after more than ${evidence.limit} working days`;
    case 'few_users':
      return `at half-time, below ${evidence.needed}`;
    case 'users_leave':
      return `two periods running at ${evidence.limit} or below`;
    case 'loosened':
      return 'twice, or once in the last quarter of the time';
    case 'drift':
      return 'at two looks running';
    default:
      return 'at once';
  }
}

/** From which day of a phase on, by the plan or by the pilots that have finished it. */
function phaseThreshold(evidence: LatePhase): string {
  const from = `from day ${Math.floor(evidence.limit) + 1} on`;
  if (evidence.by === 'others') {
    const others = othersText(evidence);
    return `${from}${others === null ? ', by what others needed' : `: ${others}; days of a pause are left out`}`;
  }
  const { planned } = evidence;
  return planned === undefined
    ? `${from}, by the plan`
    : `${from}, by the plan of ${planned} days; from ${ENOUGH_OTHERS} pilots on that have finished this phase, what they needed comes first`;
}

/** One paragraph per thing that counted, and one for what was seen once and waits to be seen again. */
export function signalLines(look: Pick<StallLook, 'counted' | 'seen'>, names: EvidenceNames): Line[][] {
  const counted = look.counted.map((signal): Line[] => [
    [bold(`${CAUSE_WORDS[signal.cause]}: ${WEIGHTS[signal.weight]}`)],
    [bold('Seen: '), `${evidenceText(signal.evidence, names)}.`],
    [bold('Counts '), `${thresholdText(signal.evidence)}.`],
  ]);
  const waiting = look.seen
    .filter((signal) => !look.counted.includes(signal))
    .map((signal): Line[] => [
      [bold(`${CAUSE_WORDS[signal.cause]}: not counted yet`)],
      [
        bold('Seen: '),
        `${evidenceText(signal.evidence, names)}. It counts when it is seen at the next check-in too.`,
      ],
    ]);
  return [...counted, ...waiting];
}

/** How the weights come together, in one sentence. */
export function sumText({ counted, score }: Pick<StallLook, 'counted' | 'score'>): string {
  const families = new Set(counted.map(({ cause }) => FAMILY[cause])).size;
  if (counted.length === 0) return 'Nothing counts against it.';
  const kinds = families === 1 ? 'one kind of trouble' : `${families} kinds of trouble`;
  return `Minor counts 1, major 2, critical 4; of each kind only the heaviest. ${kinds.slice(0, 1).toUpperCase()}${kinds.slice(1)} make ${score}: from 2 on a pilot needs help, from 4 on it is stuck and the sponsor may be asked.`;
}
