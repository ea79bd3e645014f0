/** How do the people and pilots of a file come to be, before its time begins to run? */
import { agrees, asksToSign, presses, registers, submits, types } from '../demo/acts.ts';
import { harbourMutual } from '../demo/people.ts';
import type { Seed, Stage } from '../demo/stage.ts';
import type { Script } from './read-timeline.ts';
import type { PilotInFile, Timeline } from './timeline.ts';

/** Who sets the workspace up where nobody in the file is an admin. */
const OFFICE = 'programme-office';
const LOBBY = '#general';

/** The person who stands for the programme office. */
const adminOf = ({ people }: Timeline): string => people.find(({ admin }) => admin)?.id ?? OFFICE;

/** The workspace a file describes: its people, and every channel it names with all of them in it. */
export function seedOf({ timeline, zone }: Script): Seed {
  const { people, pilots, events } = timeline;
  const channels = new Set([LOBBY]);
  for (const { channel } of pilots) if (channel !== undefined) channels.add(channel);
  for (const event of events) if ('in' in event && event.in?.startsWith('#')) channels.add(event.in);
  const office = adminOf(timeline) === OFFICE ? [{ id: OFFICE, name: 'Programme office', admin: true }] : [];
  const all: readonly (Partial<Timeline['people'][number]> & { readonly id: string })[] = [
    ...people,
    ...office,
  ];
  return {
    ...harbourMutual,
    team: { id: 'T0REHEARSAL', name: timeline.workspace.name ?? 'Rehearsal', domain: 'rehearsal' },
    people: all.map((person, index) => ({
      id: `U${String(index + 1).padStart(10, '0')}`,
      name: person.id,
      realName: person.name ?? nameFrom(person.id),
      tz: person.timezone ?? zone,
      ...(person.admin === true ? { isAdmin: true } : {}),
      ...(person.guest === true ? { isGuest: 'multi' as const } : {}),
      ...(person.bot === true ? { isBot: true } : {}),
    })),
    channels: [...channels].map((name, index) => ({
      id: `C${String(index + 1).padStart(10, '0')}`,
      name: name.slice(1),
      members: [...all.map(({ id }) => id), 'Pilotage'],
    })),
  };
}

const nameFrom = (id: string): string => {
  const words = id.replaceAll(/[-_]+/g, ' ').trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

/**
 * Everybody sets themselves up and every pilot is registered, agreed and signed, by the app's own forms.
 *
 * @throws {CliProblem} naming the line, where the app refuses what the file says
 */
export async function setUp(stage: Stage, script: Script): Promise<void> {
  const { timeline } = script;
  const at = async (path: readonly PropertyKey[], work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw script.problemAt(path, `the app refuses this: ${whyRefused(error)}`);
    }
  };
  await at(['workspace'], () => setWorkspace(stage, script));
  for (const [index, person] of timeline.people.entries()) {
    const { id, hours, leave } = person;
    if (hours !== undefined)
      await at(['people', index, 'hours'], async () => {
        await types(stage, id, LOBBY, '/pilot settings');
        await submits(stage, id, { 'Working hours': hours });
      });
    for (const [nth, { from, until, delegate = person.delegate }] of leave.entries())
      await at(['people', index, 'leave', nth], async () => {
        const standsIn = delegate === undefined ? '' : ` @${delegate}`;
        await types(stage, id, LOBBY, `/pilot away ${from} ${until}${standsIn}`);
        await submits(stage, id, {});
      });
  }
  for (const [index, pilot] of timeline.pilots.entries())
    await at(['pilots', index], () => begin(stage, pilot));
}

async function setWorkspace(stage: Stage, { timeline }: Script): Promise<void> {
  const { settings, holidays } = timeline.workspace;
  const who = adminOf(timeline);
  if (holidays.length > 0) {
    await types(stage, who, LOBBY, '/pilot settings workspace holidays');
    await submits(stage, who, { 'Other days off': holidays.join('\n') });
  }
  if (Object.keys(settings).length === 0) return;
  await types(stage, who, LOBBY, '/pilot settings workspace');
  await submits(stage, who, {
    ...(settings.office_name === undefined ? {} : { 'Name of the programme office': settings.office_name }),
    ...(settings.members === undefined
      ? {}
      : { 'Members of the programme office': settings.members.map((id) => `@${id}`) }),
    ...(settings.check_ins === undefined ? {} : { 'Check-ins': settings.check_ins }),
    ...(settings.country === undefined ? {} : { Country: settings.country }),
  });
}

async function begin(stage: Stage, pilot: PilotInFile): Promise<void> {
  const { key, owner, sponsor } = pilot;
  await registers(stage, owner, LOBBY, pilot.name ?? nameFrom(key), {
    Key: key,
    'Business outcome': pilot.outcome ?? `What ${pilot.name ?? nameFrom(key)} promises, in business numbers.`,
    Problem: 'As the charter says.',
    'Business unit': pilot.unit ?? 'Rehearsal',
    'Start date': pilot.start,
    'Decision date': pilot.decision ?? '',
    ...(sponsor === undefined ? {} : { 'Executive sponsor': `@${sponsor}` }),
    Channel: pilot.channel ?? '',
  });
  for (const criterion of pilot.criteria) await agrees(stage, owner, LOBBY, key, answersFor(criterion));
  if (pilot.status === 'draft' || sponsor === undefined) return;
  const production = {
    'Production owner': `@${pilot.production_owner ?? owner}`,
    'Rollback plan': 'As the charter says.',
  };
  await asksToSign(stage, owner, LOBBY, key, production, 'Please sign.');
  if (pilot.status === 'signed') await presses(stage, sponsor, 'Sign charter');
}

type CriterionInFile = PilotInFile['criteria'][number];

/** The form's labels for what the file says. */
function answersFor(criterion: CriterionInFile): Record<string, string> {
  const answers: Record<string, string | number | undefined> = {
    Metric: criterion.metric ?? criterion.name,
    Kind: criterion.kind,
    Measures: criterion.measures,
    Unit: criterion.unit,
    Baseline: criterion.baseline,
    Target: criterion.kind === 'yes_no' ? undefined : criterion.target,
    Deadline: criterion.deadline,
    'First effect expected': criterion.first_effect,
    'Measured every': criterion.every,
    Role: criterion.role,
    'Average over': criterion.window,
    'Hold for': criterion.sustain,
    Margin: criterion.margin,
    'Worked out as': criterion.agg,
    'Which percentile': criterion.percentile,
    'Smallest sample': criterion.min_n,
    'Breaches allowed': criterion.budget,
    'Closing days': criterion.closing_days,
    'Proof needed': criterion.min_trust,
    'Agreed conversion': criterion.rates === undefined ? undefined : conversions(criterion.rates),
  };
  return Object.fromEntries(
    Object.entries(answers).flatMap(([label, value]) =>
      value === undefined ? [] : [[label, String(value)]],
    ),
  );
}

/** Conversions as they are typed; they lead to the criterion's unit. */
const conversions = (rates: Readonly<Record<string, string>>): string =>
  Object.entries(rates)
    .map(([unit, rate]) => `1 ${unit} = ${rate}`)
    .join('; ');

/** The sentences of a refused form, or what else went wrong. */
function whyRefused(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  const refused = /could not submit: (\{.*\})$/s.exec(words)?.[1];
  if (refused === undefined) return words.replace(/\.$/, '');
  const sentences = JSON.parse(refused) as Record<string, string>;
  return Object.entries(sentences)
    .map(([label, sentence]) => `${label}: ${sentence.replace(/\.$/, '')}`)
    .join('; ');
}
