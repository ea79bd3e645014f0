/** What happened this week among the pilots some reader may see? */
import { type Digest, digestOf, type WeekOfPilot } from '../../core/digest.ts';
import { todayIn } from '../../core/metric.ts';
import { pausedDays } from '../../core/pause.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { standingOf } from '../../core/standing.ts';
import { observationsByPilot } from '../../db/queries/observations.ts';
import { pausesByPilot } from '../../db/queries/pauses.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import type { Moment, Scene } from '../feature.ts';

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
  const [pilots, values, pauses] = await Promise.all([
    allPilots(db, workspace),
    observationsByPilot(db, workspace),
    pausesByPilot(db, workspace),
  ]);
  const ago = until - WEEK_MS;
  return pilots
    .filter((facts) => facts.everAsked && visible(facts))
    .map((facts) => {
      const rows = values.get(facts.pilot.id) ?? [];
      const rests = pauses.get(facts.pilot.id) ?? [];
      return {
        facts,
        now: standingOf(facts, rows, workspaceZone, at, pausedDays(rests, workspaceZone, at)),
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
