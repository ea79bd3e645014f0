/** What happens to the values of a request, in whatever thread they are looked at? */
import { countOfValues, valueColumns } from '../../core/incoming-columns.ts';
import { incomingPilot, pilotIndex } from '../../core/incoming-pilots.ts';
import { todayIn } from '../../core/metric.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { sha256 } from '../../db/chain.ts';
import { touched } from '../../db/queries/messages.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { metricNamesOf, setAside } from '../../db/queries/set-aside.ts';
import type { TokenRow } from '../../db/queries/tokens.ts';
import { createTaker } from '../../db/take-values.ts';
import { type HttpAnswer, HttpProblem } from '../../http/route.ts';
import type { ValuesRequest } from '../feature.ts';
import type { FileParts } from '../take-file.ts';
import { commitsOf } from '../value-commits.ts';
import { watchWords } from '../watch-words.ts';
import { tokenSees } from './authorise.ts';
import { rowsOfBody } from './body.ts';
import { type Aside, sortRows, sourceOf, textOf, type Untaken, untaken } from './sort-rows.ts';

/**
 * Takes, sets aside or rejects every row of a request, each with its own sentence.
 *
 * @throws {HttpProblem} when the body as a whole cannot be taken
 */
export async function takeRequest(parts: FileParts, request: ValuesRequest): Promise<HttpAnswer> {
  const { token, atomic } = request;
  const rows = rowsOfBody(request.contentType, request.text);
  const { db, now, newId } = parts;
  const workspace = await workspaceById(db, token.workspace);
  if (workspace === null) throw new HttpProblem(401, 'unauthorised', 'The workspace of this token is gone.');
  const all = await allPilots(db, token.workspace);
  const byId = new Map<string, PilotFacts>(all.map((pilot) => [pilot.pilot.id, pilot]));
  const facts = (pilot: string) => byId.get(pilot);
  const today = todayIn(workspace.timezone, now());
  const sorted = sortRows(rows, {
    token,
    index: pilotIndex(
      all.map(incomingPilot),
      all.filter((pilot) => tokenSees(token, pilot)).map(incomingPilot),
    ),
    names: await metricNamesOf(db, token.workspace),
    today,
  });
  const origin = {
    actor: 'system:http',
    file: token.name,
    sha256: sha256(JSON.stringify(rows)),
    fromSystem: true,
  };
  const taker = createTaker({ db, workspace: token.workspace, origin, facts, now, newId });
  const known = await taker.sortOut(valueColumns(sorted.values));
  const rejected = [
    ...sorted.rejected,
    ...known.refused.map(({ line, problem }) => untaken(line, problem, today)),
  ];
  const said = { quarantined: listed(sorted.aside), rejected: listed(rejected) };
  if (atomic && rejected.length + sorted.aside.length > 0) {
    return { status: 422, body: { accepted: 0, duplicate: 0, ...said } };
  }
  const words = watchWords({ db, workspace, now, newId, facts });
  let accepted = 0;
  let duplicate = sorted.duplicate + known.repeated;
  for (const values of atomic ? [known.fresh] : commitsOf(known.fresh)) {
    const taken = await taker.take(values, words.before);
    accepted += countOfValues(taken.fresh);
    duplicate += taken.repeated;
  }
  await keepAside(parts, token, sorted.aside);
  await words.after();
  return { status: 200, body: { accepted, duplicate, ...said } };
}

const listed = (rows: readonly Untaken[]): Untaken[] =>
  rows.map(({ index, code, message }) => ({ index, code, message })).sort((a, b) => a.index - b.index);

async function keepAside(parts: FileParts, token: TokenRow, aside: readonly Aside[]): Promise<void> {
  if (aside.length === 0) return;
  const { db, now, newId } = parts;
  const at = now();
  const rows = aside.map(({ given, problem, pilot }) => ({
    workspace: token.workspace,
    id: newId(),
    pilot,
    source: sourceOf(given, token),
    metric: textOf(given.metric),
    given: Object.fromEntries(Object.entries(given)),
    problem,
    ingestKey: textOf(given.key) || null,
    receivedAt: at,
  }));
  await db.atomically(token.workspace, (log) => [
    ...rows.map((row) => setAside(db, row)),
    ...[...Map.groupBy(rows, ({ pilot }) => pilot)].flatMap(([pilot, of]) => [
      log({
        at,
        kind: 'values_set_aside',
        pilot,
        actor: 'system:http',
        body: { count: of.length, causes: [...new Set(of.map(({ problem }) => problem.code))] },
      }),
      ...touched(db, token.workspace, pilot),
    ]),
  ]);
}
