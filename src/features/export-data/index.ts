/** How does somebody get what they may see as a file? */

import type { Viewer } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type Guard, guard, type Statement, unlessStale } from '../../db/database.ts';
import type { Access } from '../../db/export.ts';
import { intend, outboxBySubject } from '../../db/queries/outbox.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import {
  claimSchedules,
  endSchedule,
  moveOn,
  nextScheduled,
  type ScheduleRow,
  setSchedule,
} from '../../db/queries/schedules.ts';
import { sentence } from '../../slack/blocks.ts';
import { type Reply, say } from '../../slack/reply.ts';
import { type ExportFormat, ExportTooLarge } from '../export-task.ts';
import type { Duty, Feature, Parts, Scene } from '../feature.ts';
import { findByKey, maySee } from '../find-pilot.ts';
import { type ExportOrder, exportLetter, exportOrder, failureLetter } from './letters.ts';

const KIND = 'export';
/** The largest file that is handed over in Slack, in bytes. */
const LIMIT = 100_000_000;
const LEASE_MS = 10 * 60_000;
/** How long the file waits for the message it belongs under. */
const WAIT_MS = 5_000;
/** Slack is asked so often before somebody is told that there is no file. */
const MOST_TRIES = 20;

const FORMATS: readonly ExportFormat[] = ['json', 'csv'];

async function run(scene: Scene, rest: string): Promise<Reply> {
  const words = rest.split(/\s+/).filter(Boolean);
  const asked = FORMATS.find((format) => format === words.at(-1)?.toLowerCase());
  const key = (asked === undefined ? words : words.slice(0, -1)).join(' ');
  const found = key === '' ? null : await findByKey(scene, key);
  if (found !== null && 'instead' in found) return say(found.instead);
  const facts = found === null ? await visibleTo(scene, scene.viewer) : [found.facts];
  if (facts.length === 0)
    return say(
      sentence(
        `There is no pilot you can see, so there is nothing to export. ${scene.command} register makes one.`,
      ),
    );
  const what =
    found === null ? `${facts.length} ${facts.length === 1 ? 'pilot' : 'pilots'}` : found.facts.pilot.name;
  const order: ExportOrder = {
    by: scene.actor.id,
    pilot: found?.facts.pilot.id ?? null,
    format: asked ?? 'json',
  };
  await place(scene, order, what);
  return say(sentence(`The export of ${what} is being put together. It comes as a direct message.`));
}

/** The message, the file behind it, and an entry that says who has taken what. */
async function place(scene: Scene, order: ExportOrder, what: string): Promise<void> {
  const { db, workspace, at, newId } = scene;
  const id = newId();
  await db.atomically(workspace, (log) => [
    intend(db, workspace, id, at, {
      kind: exportLetter.kind,
      subject: `export:${id}`,
      version: 1,
      addressee: `user:${order.by}`,
      details: { ...order, what },
      dedupeKey: `export:${id}`,
      notBefore: at,
    }),
    setSchedule(db, {
      workspace,
      id: newId(),
      kind: KIND,
      subject: `export:${id}`,
      rule: {},
      timezone: scene.zone,
      nextAt: at + WAIT_MS,
      details: { ...order },
      setBy: order.by,
      setAt: at,
    }),
    log({
      at,
      kind: 'data_exported',
      pilot: order.pilot,
      actor: `user:${order.by}`,
      body: { format: order.format, office: scene.viewer.office },
    }),
  ]);
}

const visibleTo = async (parts: Pick<Scene, 'db' | 'workspace'>, viewer: Viewer): Promise<PilotFacts[]> =>
  (await allPilots(parts.db, parts.workspace)).filter((facts) => maySee(facts, viewer));

/** People with a role in a pilot and the programme office have all of it; others what everyone who sees it may have. */
const accessOf = ({ holders }: PilotFacts, viewer: Viewer): Access =>
  viewer.office || Object.values(holders).includes(viewer.id) ? 'all' : 'public';

/** What became of a file. */
type Ending =
  | { readonly end: 'done' }
  | { readonly end: 'failed'; readonly why: string }
  /** In so many milliseconds. */
  | { readonly end: 'not_yet'; readonly again: number };

const done: Ending = { end: 'done' };
const failed = (why: string): Ending => ({ end: 'failed', why });
const later = (again: number): Ending => ({ end: 'not_yet', again });

/** Makes the file by what its reader may see now, which may be less than when it was asked for. */
async function handOver(parts: Parts, row: ScheduleRow, order: ExportOrder): Promise<Ending> {
  const { db, command } = parts;
  const letter = await outboxBySubject(db, row.workspace, row.subject);
  if (letter === null || letter.state === 'failed' || letter.state === 'dropped') return done;
  if (letter.channel === null || letter.ts === null) {
    // Nobody knows where the message is, so there is no thread for the file.
    if (letter.state === 'unknown')
      return failed(`The export could not be handed over. Ask for it again with ${command} export.`);
    return later(WAIT_MS);
  }
  const person = await parts.people.person(row.workspace, order.by);
  const office = await parts.people.isOffice(row.workspace, person);
  const viewer: Viewer = { id: order.by, office, person };
  const facts = (await visibleTo({ db, workspace: row.workspace }, viewer)).filter(
    ({ pilot }) => order.pilot === null || pilot.id === order.pilot,
  );
  if (facts.length === 0) return failed('There is no export: you cannot see these pilots any more.');
  const pilots = facts.map((one) => [one.pilot.id, accessOf(one, viewer)] as const);
  const name = order.pilot === null ? 'pilotage' : (facts[0]?.pilot.key ?? 'pilotage');
  try {
    const bytes = await parts.exportFile({
      scope: { workspace: row.workspace, pilots },
      format: order.format,
      limit: LIMIT,
    });
    const sent = await parts.upload(row.workspace, {
      name: `${name}.zip`,
      bytes,
      channel: letter.channel,
      thread: letter.ts,
    });
    switch (sent.kind) {
      case 'done':
      case 'ambiguous':
        return done;
      case 'later':
        return later(sent.afterMs);
      default:
        return failed(refusalOf(sent.code, command));
    }
  } catch (error) {
    if (!(error instanceof ExportTooLarge)) throw error;
    return failed(
      `The export has more than ${LIMIT / 1_000_000} MB. Export one pilot with ${command} export KEY, or ask your programme office for "pilotage export".`,
    );
  }
}

function refusalOf(code: string, command: string): string {
  if (code === 'missing_scope' || code === 'unknown_method')
    return 'I may not hand over files here. Ask whoever runs Pilotage to reinstall it with the scope files:write, or for "pilotage export".';
  return `Slack did not take the file (${code}). Ask for it again with ${command} export.`;
}

async function finish(parts: Parts, row: ScheduleRow, at: number, ending: Ending): Promise<void> {
  const { db, newId } = parts;
  const id = newId();
  const steps = (): (Statement | Guard)[] => {
    if (ending.end === 'not_yet') return [guard(moveOn(db, row, at + ending.again), 'schedule')];
    const over = [
      guard(moveOn(db, row, null), 'schedule'),
      endSchedule(db, row.workspace, KIND, row.subject),
    ];
    if (ending.end === 'done') return over;
    const said = {
      kind: failureLetter.kind,
      subject: row.subject,
      version: 1,
      addressee: `user:${row.setBy}`,
      details: { why: ending.why },
      dedupeKey: `export-failed:${row.subject}`,
      notBefore: at,
    };
    return [...over, intend(db, row.workspace, id, at, said)];
  };
  await unlessStale(db.atomically(row.workspace, steps));
}

/** What becomes of an order now; one that was tried too often is given up. */
async function attempt(parts: Parts, row: ScheduleRow): Promise<Ending> {
  const order = exportOrder.safeParse(row.details);
  if (!order.success) return done;
  if (row.fence > MOST_TRIES)
    return failed(`Slack has not taken the file. Ask for it again with ${parts.command} export.`);
  return handOver(parts, row, order.data);
}

/** The file, once its message is in Slack. */
const duty: Duty = {
  name: KIND,
  nextDue: (parts) => nextScheduled(parts.db, KIND),
  async run(parts, at) {
    for (const row of await claimSchedules(parts.db, KIND, at, LEASE_MS)) {
      await finish(parts, row, at, await attempt(parts, row));
    }
  },
};

export const exportData: Feature = {
  name: 'export-data',
  commands: [
    {
      name: 'export',
      usage: '[KEY] [json | csv]',
      does: 'what you may see of a pilot, or of all, as a file',
      run,
    },
  ],
  letters: [exportLetter, failureLetter],
  duties: [duty],
};
