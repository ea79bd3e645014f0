/** What can programs read by request: pilots, one pilot, its logbook? */
import { pausedDays } from '../../core/pause.ts';
import { type PilotFacts, versionInForce } from '../../core/pilot-facts.ts';
import { type Standing, standingOf } from '../../core/standing.ts';
import { publicEntries } from '../../db/queries/logbook.ts';
import { observationsOf, valuesOfPilots } from '../../db/queries/observations.ts';
import { pausesByPilot } from '../../db/queries/pauses.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { pilotById, pilotByKey, pilotsAfter } from '../../db/queries/pilots.ts';
import { pausesOf } from '../../db/queries/rhythm.ts';
import type { TokenRow } from '../../db/queries/tokens.ts';
import { type HttpAnswer, HttpProblem, type HttpRequest } from '../../http/route.ts';
import type { Parts } from '../feature.ts';
import { authorise, tokenSees } from './authorise.ts';

const PAGE = 100;

/** `GET /api/v1/pilots?after=KEY`: a hundred at a time, in the order of their keys. */
export async function listPilots(parts: Parts, request: HttpRequest): Promise<HttpAnswer> {
  const token = await authorise(parts, request);
  const zone = await zoneOf(parts, token);
  const after = request.query.get('after') ?? '';
  const seen = await pilotsSeen(parts, token, after, PAGE + 1);
  const page = seen.slice(0, PAGE);
  const [values, pauses] = await Promise.all([
    valuesOfPilots(
      parts.db,
      token.workspace,
      page.map(({ pilot }) => pilot.id),
    ),
    pausesByPilot(parts.db, token.workspace),
  ]);
  const now = parts.now();
  const pilots = page.map((facts) => {
    const rested = pausedDays(pauses.get(facts.pilot.id) ?? [], zone, now);
    return summary(facts, standingOf(facts, values.get(facts.pilot.id) ?? [], zone, now, rested));
  });
  return {
    status: 200,
    body: { pilots, next: seen.length > PAGE ? (page.at(-1)?.pilot.key ?? null) : null },
  };
}

/** The first pilots after a key that a token may see. Only as many are read as it takes. */
async function pilotsSeen(
  { db }: Parts,
  token: TokenRow,
  after: string,
  count: number,
): Promise<PilotFacts[]> {
  if (token.pilot !== null) {
    const only = await pilotById(db, token.workspace, token.pilot);
    return only !== null && only.pilot.key > after ? [only] : [];
  }
  const seen: PilotFacts[] = [];
  for (let from = after; seen.length < count; ) {
    const next = await pilotsAfter(db, token.workspace, from, count);
    seen.push(...next.filter((facts) => tokenSees(token, facts)));
    from = next.at(-1)?.pilot.key ?? from;
    if (next.length < count) break;
  }
  return seen.slice(0, count);
}

/** `GET /api/v1/pilots/{key}`: what was agreed and what is measured. */
export async function showPilot(parts: Parts, request: HttpRequest): Promise<HttpAnswer> {
  const { token, facts } = await pilotOf(parts, request);
  const zone = await zoneOf(parts, token);
  const of = { workspace: token.workspace, pilot: facts.pilot.id };
  const [values, pauses] = await Promise.all([
    observationsOf(parts.db, of.workspace, of.pilot),
    pausesOf(parts.db, of),
  ]);
  const now = parts.now();
  return {
    status: 200,
    body: summary(facts, standingOf(facts, values, zone, now, pausedDays(pauses, zone, now))),
  };
}

/** `GET /api/v1/pilots/{key}/logbook?after=N`: entries a hundred at a time, without the words of people. */
export async function readLogbook(parts: Parts, request: HttpRequest): Promise<HttpAnswer> {
  const { token, facts } = await pilotOf(parts, request);
  const after = Number(request.query.get('after') ?? '0');
  if (!Number.isSafeInteger(after) || after < 0) {
    throw new HttpProblem(400, 'after', 'after is the number of the last entry you have, a whole number.');
  }
  const entries = await publicEntries(parts.db, {
    workspace: token.workspace,
    pilot: facts.pilot.id,
    after,
    limit: PAGE + 1,
  });
  const page = entries.slice(0, PAGE).map(({ n, at, kind, body, hash }) => ({
    n,
    at: new Date(at).toISOString(),
    kind,
    body: JSON.parse(body) as object,
    hash,
  }));
  return {
    status: 200,
    body: { entries: page, next: entries.length > PAGE ? (page.at(-1)?.n ?? null) : null },
  };
}

async function pilotOf(parts: Parts, request: HttpRequest): Promise<{ token: TokenRow; facts: PilotFacts }> {
  const token = await authorise(parts, request);
  const facts = await pilotByKey(parts.db, token.workspace, request.params['key'] ?? '');
  if (facts === null || !tokenSees(token, facts)) {
    throw new HttpProblem(404, 'no_pilot', 'There is no such pilot, or this token may not see it.');
  }
  return { token, facts };
}

async function zoneOf(parts: Parts, token: TokenRow): Promise<string> {
  return (await workspaceById(parts.db, token.workspace))?.timezone ?? 'UTC';
}

function summary(facts: PilotFacts, standing: Standing): object {
  const version = versionInForce(facts);
  return {
    key: facts.pilot.key,
    name: facts.pilot.name,
    stage: facts.pilot.stage,
    paused: facts.pilot.pausedSince !== null,
    version: version.n,
    status: version.status,
    start: version.fields.start,
    decision: version.fields.decision,
    verdict: standing.worst,
    criteria: standing.criteria.map(({ criterion, metric, evaluation }) => ({
      metric: metric.key,
      name: metric.name,
      unit: metric.unit,
      role: criterion.role,
      kind: criterion.kind,
      target: criterion.targetHigh === null ? criterion.target : [criterion.target, criterion.targetHigh],
      baseline: criterion.baseline,
      deadline: criterion.deadline,
      ...('error' in evaluation
        ? { verdict: null, error: evaluation.error }
        : {
            verdict: evaluation.verdict,
            value: evaluation.value,
            goal: evaluation.goal,
            sentence: evaluation.sentence,
          }),
    })),
  };
}
