/** What is written when a pilot comes from a file? */
import { charterText } from '../core/charter.ts';
import { startOfDay } from '../core/day.ts';
import type { Json } from '../core/logbook.ts';
import { ROLES } from '../core/pilot.ts';
import type { SheetPilot } from '../core/pilot-sheet.ts';
import type { WorkspaceSettings } from '../core/workspace-settings.ts';
import { sha256 } from '../db/chain.ts';
import type { Database, Guard, Log, Statement } from '../db/database.ts';
import {
  changeVersion,
  criterionRow,
  giveRole,
  insertCriterion,
  insertMetric,
  insertPilot,
  insertVersion,
} from '../db/queries/charters.ts';
import { lookSoon, openSchedule } from '../db/queries/schedules.ts';

/** Where a pilot from a file is kept, and who brings it. */
export interface KeepContext {
  readonly db: Database;
  readonly workspace: string;
  readonly zone: string;
  readonly settings: WorkspaceSettings;
  readonly at: number;
  readonly newId: () => string;
  /** `user:U1`, or `system:import` for the command line. */
  readonly actor: string;
  readonly file: string;
}

const NOON_MS = 12 * 60 * 60 * 1000;

/** The kind of the entry that says what a pilot was imported from. */
const IMPORTED = 'pilot_imported';

/**
 * Everything about one pilot, watched only from now on: a draft, or a charter that was signed outside, with its criteria.
 * All of it or nothing is written.
 *
 * @param content the hash of what the file says about it, by which the same content is known again
 */
export function keepPilot(
  context: KeepContext,
  pilot: SheetPilot,
  content: string,
  log: Log,
): (Statement | Guard)[] {
  const { db, workspace, at, newId, actor } = context;
  const by = actor.startsWith('user:') ? actor.slice('user:'.length) : actor;
  const [id, version] = [newId(), newId()];
  const metrics = new Map(pilot.criteria.map(({ metricKey }) => [metricKey, newId()]));
  const first = new Map(pilot.criteria.toReversed().map((criterion) => [criterion.metricKey, criterion]));
  const criteria = pilot.criteria.map((criterion, at_) => {
    const own = newId();
    const metric = metrics.get(criterion.metricKey) ?? '';
    return criterionRow(
      { workspace, pilot: id, id: own, lineage: own, version: 1, position: at_ + 1, metric },
      criterion,
    );
  });
  const terms = criteria.map(({ id: _id, version: _version, metric: _metric, ...rest }, nth) => {
    const { metricKey: metric = '' } = pilot.criteria[nth] ?? {};
    const { metricName: name, unit, cadence } = first.get(metric) ?? {};
    return { ...rest, metric: { key: metric, name, unit, cadence } };
  });
  return [
    insertPilot(db, {
      workspace,
      id,
      key: pilot.key,
      name: pilot.name,
      stage: pilot.signedOn === null ? 'select' : 'build',
      visibility: pilot.visibility,
      channel: pilot.channel,
      businessUnit: pilot.unit ?? '',
      externalId: pilot.externalId,
      externalLink: pilot.externalLink,
      revision: 1,
      createdAt: at,
      createdBy: by,
      watchedSince: at,
    }),
    insertVersion(db, { workspace, pilot: id, id: version }, 1, pilot.fields, false),
    ...ROLES.flatMap((role) => {
      const person = pilot.holders[role];
      return person === undefined
        ? []
        : giveRole(db, { workspace, pilot: id, id: newId(), now: at }, role, person);
    }),
    ...[...metrics].map(([key, metric]) => {
      const { metricName: name = key, unit = 'count', cadence = 'week' } = first.get(key) ?? {};
      return insertMetric(db, {
        workspace,
        id: metric,
        pilot: id,
        key,
        name,
        unit,
        cadence,
        reporter: null,
        source: 'typed',
      });
    }),
    ...criteria.map((row) => insertCriterion(db, row)),
    log({
      at,
      kind: IMPORTED,
      pilot: id,
      actor,
      body: {
        key: pilot.key,
        start: pilot.fields.start,
        decision: pilot.fields.decision,
        visibility: pilot.visibility,
        criteria: criteria as unknown as Json,
        signed_on: pilot.signedOn,
        content,
      },
      personal: {
        name: pilot.name,
        file: context.file,
        fields: { ...pilot.fields },
        holders: { ...pilot.holders },
        unit: pilot.unit,
        external_id: pilot.externalId,
        external_link: pilot.externalLink,
      },
    }),
    ...(pilot.signedOn === null
      ? []
      : signedOutside(context, pilot, { id, version, terms }, pilot.signedOn, log)),
    lookSoon(db, workspace, id),
  ];
}

/** The signature that was given outside, on the day the file names: frozen like one that was given here. */
function signedOutside(
  { db, workspace, zone, settings, at, newId, actor }: KeepContext,
  pilot: SheetPilot,
  ids: { readonly id: string; readonly version: string; readonly terms: readonly object[] },
  day: string,
  log: Log,
): Statement[] {
  const text = charterText({
    key: pilot.key,
    name: pilot.name,
    version: 1,
    unit: pilot.unit,
    fields: pilot.fields,
    holders: pilot.holders,
    criteria: ids.terms,
  });
  const hash = sha256(text);
  // At noon it is the same day for nearly everybody who reads it.
  const signedAt = Math.min(startOfDay(day, zone) + NOON_MS, at);
  return [
    changeVersion(
      db,
      workspace,
      { id: ids.version, revision: 1 },
      {
        status: 'signed',
        askedAt: signedAt,
        askedBy: null,
        answeredAt: signedAt,
        answeredBy: pilot.holders.sponsor ?? null,
        reason: null,
        text,
        hash,
        frozenAt: at,
      },
    ),
    log({
      at,
      kind: 'charter_signed_outside',
      pilot: ids.id,
      actor,
      body: { version: 1, signed_on: day, hash },
      personal: { sponsor: pilot.holders.sponsor ?? null, text },
    }),
    openSchedule(db, {
      workspace,
      id: newId(),
      kind: 'check-in',
      subject: ids.id,
      rule: { ...settings.rhythm },
      timezone: zone,
      nextAt: at,
      details: {},
      setBy: actor,
      setAt: at,
    }),
  ];
}
