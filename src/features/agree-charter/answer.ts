/** What happens when the sponsor answers: signs, asks for changes, or declines? */
import { afterAct, charterText } from '../../core/charter.ts';
import { dayOf } from '../../core/day.ts';
import { answerDay } from '../../core/escalation/press.ts';
import { unfitFor } from '../../core/person.ts';
import { mayDo, whoCould } from '../../core/pilot.ts';
import { criteriaOfVersion, type PilotFacts } from '../../core/pilot-facts.ts';
import { nextPreflight } from '../../core/preflight.ts';
import { type Rhythm, WEEKLY } from '../../core/rhythm.ts';
import { sha256 } from '../../db/chain.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { changeVersion, updatePilot } from '../../db/queries/charters.ts';
import { pressDays } from '../../db/queries/looks.ts';
import { touched } from '../../db/queries/messages.ts';
import { type Intent, intend } from '../../db/queries/outbox.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { openSchedule, PREFLIGHT } from '../../db/queries/schedules.ts';
import { workspaceSettings } from '../../db/queries/settings.ts';
import { type Message, message, sentence } from '../../slack/blocks.ts';
import { close, open, type Reply, say } from '../../slack/reply.ts';
import { at as instant } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { dayText } from '../../views/day-text.ts';
import { aboutPilot, nameOf } from '../../views/pilot-card.ts';
import { notAllowed, unfitText } from '../../views/refusal-text.ts';
import { openRequest as requestCard } from '../../views/sign-request.ts';
import type { Scene } from '../feature.ts';
import { answererOf, cardOf, findById } from '../find-pilot.ts';
import { answerForm } from './forms.ts';

/** What an answer button carries: the state of the version that was shown. */
export interface RequestShown {
  readonly pilot: string;
  readonly version: number;
  readonly revision: number;
}

type Answer = 'sign' | 'request-changes' | 'decline';

/** A request that may be answered by this person now, or what to say instead. */
async function openRequest(
  scene: Scene,
  shown: RequestShown,
): Promise<{ readonly facts: PilotFacts } | { readonly instead: Message }> {
  const found = await findById(scene, shown.pilot);
  if ('instead' in found) return found;
  const { facts } = found;
  const { charter, holders } = facts;
  const asked = charter.askedBy;
  const may = mayDo('answer-request', holders, { id: scene.actor.id, office: scene.viewer.office, asked });
  if (!may) return { instead: await wrongPerson(scene, facts) };
  const unfit = unfitFor(scene.actor);
  if (unfit !== null)
    return { instead: sentence(unfitText(scene.actor.name, unfit, 'the executive sponsor')) };
  const version = facts.versions.find(({ n }) => n === shown.version);
  if (version !== undefined && version.answeredAt !== null && version.answeredBy !== null) {
    return { instead: await alreadyAnswered(scene, facts, version.n) };
  }
  if (charter.n !== shown.version || charter.revision !== shown.revision || charter.status !== 'asked') {
    return { instead: oldCard(facts, shown) };
  }
  return { facts };
}

async function wrongPerson(scene: Scene, facts: PilotFacts): Promise<Message> {
  const { holders, pilot, charter } = facts;
  const could = whoCould('answer-request', holders, charter.askedBy);
  const [names, office] = await Promise.all([
    scene.people.names(scene.workspace, [...could, holders.sponsor]),
    scene.people.officeName(scene.workspace),
  ]);
  const named = (id: string) =>
    id === holders.delegate
      ? `${nameOf(names, id)} for ${nameOf(names, holders.sponsor)}`
      : nameOf(names, id);
  const why =
    scene.actor.id === holders.owner || scene.actor.id === charter.askedBy
      ? 'You asked for it, and nobody signs what they asked for.'
      : 'The executive sponsor answers, or the delegate the sponsor named.';
  return notAllowed('answer-request', pilot.name, could.map(named), why, office, [
    buttons.readAll.element({ pilot: pilot.id }),
  ]);
}

async function alreadyAnswered(scene: Scene, facts: PilotFacts, n: number): Promise<Message> {
  const version = facts.versions.find((candidate) => candidate.n === n);
  const who =
    version === undefined || version.answeredBy === scene.actor.id
      ? 'You'
      : await answererOf(scene, facts, version);
  const verb = {
    signed: 'signed this',
    superseded: 'signed this',
    changes_requested: 'asked for changes',
    declined: 'declined this',
  }[version?.status as 'signed'];
  const on = version?.answeredAt ?? scene.at;
  const day = dayText(dayOf(on, scene.zone), dayOf(scene.at, scene.zone));
  const line = [`${who} ${verb ?? 'answered this'} on `, instant(on, day), '. Nothing left to do.'];
  return message({
    notice: `${who} ${verb ?? 'answered this'} on ${day}. Nothing left to do.`,
    lines: [line],
  });
}

function oldCard(facts: PilotFacts, shown: RequestShown): Message {
  const { charter, pilot } = facts;
  const line =
    charter.n === shown.version
      ? `This card shows an older state of ${pilot.name}, version ${shown.version}; it was changed since, and is not open. Nothing has changed by your press.`
      : `This card shows version ${shown.version} of ${pilot.name}; version ${charter.n} has taken its place. Nothing has changed by your press.`;
  return message({
    notice: line,
    lines: [line],
    buttons: [[buttons.readAll.element({ pilot: pilot.id }, { label: `Open version ${charter.n}` })]],
  });
}

/** Shows the open request, with its buttons, to whoever may answer it; to others what stands against it. */
export async function showRequest(scene: Scene, facts: PilotFacts): Promise<Reply> {
  const { n, revision, askedAt } = facts.charter;
  const request = await openRequest(scene, { pilot: facts.pilot.id, version: n, revision });
  if ('instead' in request) return say(request.instead);
  const asked = dayOf(askedAt ?? scene.at, scene.zone);
  return say(
    requestCard(
      await cardOf(scene, request.facts),
      answerDay(asked, await pressDays(scene.db, scene.workspace)),
    ),
  );
}

/** Signs: the version and its hash are frozen, and the pilot moves on to building. */
export async function sign(scene: Scene, shown: RequestShown): Promise<Reply> {
  const request = await openRequest(scene, shown);
  if ('instead' in request) return say(request.instead);
  const { facts } = request;
  const { charter, pilot, holders } = facts;
  const metrics = new Map(facts.metrics.map((metric) => [metric.id, metric]));
  const text = charterText({
    key: pilot.key,
    name: pilot.name,
    version: charter.n,
    unit: pilot.unit,
    fields: charter.fields,
    holders,
    criteria: criteriaOfVersion(facts, charter.n).map(({ id: _id, version: _version, metric, ...terms }) => {
      const { key, name, unit, cadence } = metrics.get(metric) ?? {};
      return { ...terms, metric: { key, name, unit, cadence } };
    }),
  });
  const hash = sha256(text);
  const { db, workspace } = scene;
  const home = await workspaceById(db, workspace);
  const superseded =
    facts.signed === null
      ? []
      : [
          guard(
            changeVersion(db, workspace, facts.signed, {
              status: afterAct('signed', 'supersede') ?? 'superseded',
            }),
            'charter',
          ),
        ];
  return answerWith(
    scene,
    facts,
    'sign',
    null,
    [
      ...superseded,
      ...(pilot.stage === 'select' ? [updatePilot(db, workspace, pilot.id, { stage: 'build' })] : []),
      startPreflight(scene),
      startCheckIns(scene, pilot.id, home === null ? WEEKLY : workspaceSettings(home).rhythm),
    ],
    { text, hash, frozenAt: scene.at },
  );
}

/** Opens the form for the reason; only somebody who may answer gets it. */
export async function openAnswer(
  scene: Scene,
  shown: RequestShown,
  answer: 'request-changes' | 'decline',
): Promise<Reply> {
  const request = await openRequest(scene, shown);
  if ('instead' in request) return say(request.instead);
  const changes = answer === 'request-changes';
  return open(
    answerForm.view({ ...shown, answer }, scene.place, {
      above: aboutPilot(request.facts.pilot.name),
      title: changes ? 'Request changes' : 'Decline',
      submit: changes ? 'Request changes' : 'Decline',
      labels: { reason: changes ? 'What should change' : 'Why not' },
    }),
  );
}

/** Requests changes or declines, with the reason. */
export async function answerWithReason(
  scene: Scene,
  values: { readonly reason: string },
  meta: RequestShown & { readonly answer: 'request-changes' | 'decline' },
): Promise<Reply> {
  const request = await openRequest(scene, meta);
  if ('instead' in request) return close(request.instead);
  const reply = await answerWith(scene, request.facts, meta.answer, values.reason, [], {});
  return reply.do === 'say' ? close(reply.message) : reply;
}

/** From the signature on the owner is asked how it goes, in the rhythm of the workspace; one that was set before stays. */
function startCheckIns(scene: Scene, pilot: string, rhythm: Rhythm): Statement {
  return openSchedule(scene.db, {
    workspace: scene.workspace,
    id: scene.newId(),
    kind: 'check-in',
    subject: pilot,
    rule: { ...rhythm },
    timezone: scene.workspaceZone,
    nextAt: scene.at,
    details: {},
    setBy: scene.actor.id,
    setAt: scene.at,
  });
}

/** From the first signature on it is looked every morning whether everybody could be reached. */
const startPreflight = (scene: Scene): Statement =>
  openSchedule(scene.db, {
    workspace: scene.workspace,
    id: scene.newId(),
    kind: PREFLIGHT,
    subject: scene.workspace,
    rule: {},
    timezone: scene.workspaceZone,
    nextAt: nextPreflight(scene.workspaceZone, scene.at),
    details: {},
    setBy: scene.actor.id,
    setAt: scene.at,
  });

async function answerWith(
  scene: Scene,
  facts: PilotFacts,
  answer: Answer,
  reason: string | null,
  more: readonly (Statement | Guard)[],
  frozen: { readonly text?: string; readonly hash?: string; readonly frozenAt?: number },
): Promise<Reply> {
  const { db, workspace, at } = scene;
  const { charter, pilot } = facts;
  const status = afterAct(charter.status, answer);
  if (status === null)
    return say(oldCard(facts, { pilot: pilot.id, version: charter.n, revision: charter.revision }));
  const letter = (kind: string, addressee: string): Statement => {
    const intent: Intent = {
      kind,
      subject: pilot.id,
      version: charter.n,
      addressee,
      details: { answer, reason, by: scene.actor.id },
      dedupeKey: `${kind}:${charter.id}:${charter.revision + 1}:${addressee}`,
      notBefore: at,
    };
    return intend(db, workspace, scene.newId(), at, intent);
  };
  const tell = new Set(
    [charter.askedBy, facts.holders.owner].filter((id): id is string => typeof id === 'string'),
  );
  tell.delete(scene.actor.id);
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(
        changeVersion(db, workspace, charter, {
          status,
          answeredAt: at,
          answeredBy: scene.actor.id,
          reason,
          ...frozen,
        }),
        'charter',
      ),
      ...more,
      log({
        at,
        kind: { sign: 'charter_signed', 'request-changes': 'changes_requested', decline: 'charter_declined' }[
          answer
        ],
        pilot: pilot.id,
        actor: `user:${scene.actor.id}`,
        body: {
          version: charter.n,
          role: scene.actor.id === facts.holders.sponsor ? 'sponsor' : 'delegate',
          hash: frozen.hash ?? null,
        },
        personal: { reason, text: frozen.text ?? null },
      }),
      ...[...tell].map((id) => letter('request-answered', `user:${id}`)),
      ...(answer === 'sign' ? [letter('signed-line', `pilot-card:${pilot.id}`)] : []),
      ...touched(db, workspace, pilot.id),
    ]);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    const fresh = await openRequest(scene, {
      pilot: pilot.id,
      version: charter.n,
      revision: charter.revision,
    });
    return say(
      'instead' in fresh
        ? fresh.instead
        : sentence(`Somebody was first. Look at the newest card of ${pilot.name}.`),
    );
  }
  const words = {
    sign: `Signed. ${pilot.name} starts building; you hear when there is something to decide.`,
    'request-changes': `Sent. You are asked again when ${pilot.name} has been changed.`,
    decline: `Declined. The owner of ${pilot.name} has your reason.`,
  }[answer];
  return say(sentence(words));
}
