/** What happened this week among the pilots some reader may see? */
import { workingCalendar } from '../../core/calendar.ts';
import type { Day } from '../../core/day.ts';
import { type Digest, digestOf, isStuck, type WeekOfPilot } from '../../core/digest.ts';
import { answerBy } from '../../core/escalation/clock.ts';
import { todayIn } from '../../core/metric.ts';
import { pausedDays } from '../../core/pause.ts';
import { isWatched } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { standingOf } from '../../core/standing.ts';
import { type CaseRow, openCasesByPilot, type Said } from '../../db/queries/cases.ts';
import { newestLooks } from '../../db/queries/looks.ts';
import { observationsByPilot } from '../../db/queries/observations.ts';
import { pausesByPilot } from '../../db/queries/pauses.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { blockerWords } from '../../db/queries/rhythm.ts';
import { weekdayText } from '../../views/day-text.ts';
import { evidenceTexts, type StandingShown } from '../../views/stall-text.ts';
import { calendarsOf } from '../calendars.ts';
import type { Moment, Scene } from '../feature.ts';
import { standingShown } from '../find-pilot.ts';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The pilots that `visible` lets through, as known now and as it was known a week before `until` (epoch ms, by default
 * now).
 */
export async function weekOf(
  moment: Moment | Scene,
  visible: (facts: PilotFacts) => boolean,
  until = moment.at,
): Promise<WeekOfPilot[]> {
  const { db, workspace, at, workspaceZone } = moment;
  const [pilots, values, pauses, looks, words, cases] = await Promise.all([
    allPilots(db, workspace),
    observationsByPilot(db, workspace),
    pausesByPilot(db, workspace),
    newestLooks(db, workspace),
    blockerWords(db, workspace),
    openCasesByPilot(db, workspace),
  ]);
  const deciding = [...cases.values()].flat().filter(({ cause }) => cause === 'decision_overdue');
  const decideBy = await decideDays(moment, deciding);
  const today = todayIn(workspaceZone, at);
  const ago = until - WEEK_MS;
  return pilots
    .filter((facts) => facts.everAsked && !isWatched(facts.pilot) && visible(facts))
    .map((facts) => {
      const rows = values.get(facts.pilot.id) ?? [];
      const rests = pauses.get(facts.pilot.id) ?? [];
      const now = standingOf(facts, rows, workspaceZone, at, pausedDays(rests, workspaceZone, at));
      const look = looks.get(facts.pilot.id);
      return {
        facts,
        now,
        ...decideBy.get(facts.pilot.id),
        ...(look === undefined
          ? {}
          : {
              stands: look.standing,
              why: whyText(
                standingShown(now, look, words, today),
                nextStep(cases.get(facts.pilot.id) ?? []),
                today,
              ),
            }),
        before: standingOf(
          facts,
          rows.filter(({ recordedAt }) => recordedAt <= ago),
          workspaceZone,
          ago,
          pausedDays(rests, workspaceZone, ago),
        ),
      };
    });
}

/** The digest of these pilots. */
export async function weekDigest(
  moment: Moment | Scene,
  visible: (facts: PilotFacts) => boolean,
  until = moment.at,
): Promise<Digest> {
  const week = await weekOf(moment, visible, until);
  return digestOf(week, todayIn(moment.workspaceZone, moment.at));
}

/** By which day each pilot is to be decided, as its card says: only where one is out. */
async function decideDays(
  moment: Moment | Scene,
  cases: readonly CaseRow[],
): Promise<ReadonlyMap<string, { readonly decideBy: Day }>> {
  const people = new Set(cases.flatMap(({ record }) => record.clock?.person ?? []));
  if (people.size === 0) return new Map();
  const calendars = await calendarsOf(moment, moment.workspace, [...people]);
  const plain = workingCalendar({ zone: moment.workspaceZone });
  const calendarOf = (person: string) => calendars.get(person) ?? plain;
  return new Map(
    cases.flatMap(({ pilot, record }) => {
      const day = answerBy(record, { calendarOf });
      return day === null ? [] : [[pilot, { decideBy: day }] as const];
    }),
  );
}

/** What somebody has promised to do about it. */
function nextStep(cases: readonly CaseRow[]): Said['plan'] | null {
  const open = cases.filter(({ state }) => state.startsWith('ACKED'));
  return open.flatMap(({ said }) => said.plan ?? []).at(-1) ?? null;
}

/** 'ERP test access, no news since Mon 25 Jan. Next: Finance IT, by Fri 5 Feb'; no names. */
function whyText(shown: StandingShown, plan: Said['plan'] | null, today: Day): string | null {
  if (!isStuck(shown.standing)) return null;
  const [told] = evidenceTexts(shown.signals, shown.evidence);
  if (told === undefined) return null;
  const next =
    plan === null || plan === undefined ? '' : `. Next: ${plan.next}, by ${weekdayText(plan.until, today)}`;
  return `${told}${next}`;
}
