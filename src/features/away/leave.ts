/** How are days away named, shown and taken back? */
import { awayOn } from '../../core/calendar.ts';
import { calendarProblems, type Leave } from '../../core/calendar-settings.ts';
import { isDay } from '../../core/day.ts';
import { addLeave, comingLeave } from '../../core/leave.ts';
import { todayIn } from '../../core/metric.ts';
import { unfitFor } from '../../core/person.ts';
import { standInPlaces } from '../../core/roles.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { type Preferences, preferencesOf } from '../../db/queries/settings.ts';
import { sentence } from '../../slack/blocks.ts';
import type { FieldErrors, ValuesOf } from '../../slack/form.ts';
import { close, nothing, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { mentionedPerson } from '../../slack/text.ts';
import { leaveBlocks, leaveSavedMessage, leaveText } from '../../views/away-text.ts';
import { dayText } from '../../views/day-text.ts';
import { unfitText } from '../../views/refusal-text.ts';
import { calendarProblemText } from '../../views/settings-text.ts';
import { calendarsOf } from '../calendars.ts';
import type { Scene } from '../feature.ts';
import { keepPreferences } from '../keep-preferences.ts';
import { awayForm } from './form.ts';
import { beginStatements, endStatements } from './stand-in.ts';

type Values = ValuesOf<(typeof awayForm)['fields']>;

const changedElsewhere = sentence(
  'Your days away were changed elsewhere a moment ago, so nothing was saved. Open them again.',
);

/** The form, with the days that are known above it. Typed words fill it in: two days, and a mention. */
async function formView(scene: Scene, own: Preferences, rest: string, stacked: boolean) {
  const today = todayIn(scene.zone, scene.at);
  const coming = comingLeave(own.calendar.leave ?? [], today);
  const names = await scene.people.names(
    scene.workspace,
    coming.map(({ delegate }) => delegate),
  );
  const words = rest.split(/\s+/);
  const [from, until] = words.filter(isDay);
  const person = words.map(mentionedPerson).find((id) => id !== null);
  return awayForm.view({ stacked }, scene.place, {
    initial: { from: from ?? today, until: until ?? null, delegate: person ?? null },
    above: leaveBlocks(coming, names, today),
  });
}

/** Opens the form. */
export async function openAway(scene: Scene, rest: string): Promise<Reply> {
  const own = await preferencesOf(scene.db, scene.workspace, scene.actor.id);
  return open(await formView(scene, own, rest, scene.incoming.view !== null));
}

/** Saves days away, and has somebody stand in from their first day on. */
export async function saveLeave(
  scene: Scene,
  values: Values,
  { stacked }: { readonly stacked: boolean },
): Promise<Reply> {
  const { db, workspace, actor } = scene;
  const today = todayIn(scene.zone, scene.at);
  const added: Leave = { from: values.from, until: values.until, delegate: values.delegate };
  const errors = await problemsOf(scene, added, today);
  if (Object.keys(errors).length > 0) return refuse(errors);
  const own = await preferencesOf(db, workspace, actor.id);
  const { leave, replaced } = addLeave(own.calendar.leave ?? [], added, today);
  const also = [
    ...replaced.flatMap((one) => endStatements(scene, one)),
    ...(added.delegate === null ? [] : beginStatements(scene, added)),
  ];
  if (!(await keepPreferences(scene, own, { calendar: { ...own.calendar, leave } }, also)))
    return close(changedElsewhere);
  if (stacked) return nothing;
  return close(leaveSavedMessage({ leave: added, replaced, ...(await aboutDelegate(scene, added)) }, today));
}

async function problemsOf(scene: Scene, added: Leave, today: string): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  const [problem] = calendarProblems({ zone: 'UTC', leave: [added] });
  if (problem !== undefined) errors['until'] = calendarProblemText(problem);
  else if (added.until < today)
    errors['until'] = `${dayText(added.until, today)} is over already. Choose today or a later day.`;
  if (added.delegate === null) return errors;
  const person = await scene.people.person(scene.workspace, added.delegate);
  const unfit = unfitFor(person);
  if (unfit !== null) errors['delegate'] = unfitText(person.name, unfit, 'standing in');
  if (added.delegate === scene.actor.id)
    errors['delegate'] = 'You are away yourself on these days. Choose somebody else, or leave it empty.';
  return errors;
}

/** What the person should know about whoever they have named. */
async function aboutDelegate(scene: Scene, { from, until, delegate }: Leave) {
  if (delegate === null) return { delegate: null, without: [], both: null };
  const { db, workspace, actor } = scene;
  const [names, pilots, calendars] = await Promise.all([
    scene.people.names(workspace, [delegate]),
    allPilots(db, workspace),
    calendarsOf(scene, workspace, [delegate]),
  ]);
  const without = pilots.filter(({ pilot, holders }) => {
    const concerns = holders.owner === actor.id || holders.sponsor === actor.id;
    const isOther =
      Object.values(holders).includes(delegate) && standInPlaces(holders, actor.id, delegate).length === 0;
    const alreadyDoes = holders.backup === delegate || holders.delegate === delegate;
    return pilot.stage !== 'stopped' && concerns && isOther && !alreadyDoes;
  });
  const calendar = calendars.get(delegate);
  const both =
    calendar?.leave.find((one) => one.from <= until && from <= one.until) ??
    (calendar === undefined ? null : awayOn(calendar, from));
  return {
    delegate: names.get(delegate) ?? delegate,
    without: without.map(({ pilot }) => pilot.name),
    both: both ?? null,
  };
}

/** Takes days away back: the person is asked again, and whoever stood in is told so in their message. */
export async function cancelLeave(
  scene: Scene,
  about: { readonly from: string; readonly until: string },
): Promise<Reply> {
  const { db, workspace, actor } = scene;
  const own = await preferencesOf(db, workspace, actor.id);
  const all = own.calendar.leave ?? [];
  const found = all.find(({ from, until }) => from === about.from && until === about.until);
  const today = todayIn(scene.zone, scene.at);
  const inForm = scene.incoming.view?.callback_id === awayForm.id;
  if (found === undefined)
    return say(
      sentence(`${leaveText(about, today)} is not among your days away any more. Nothing has changed.`),
    );
  const leave = all.filter((one) => one !== found);
  const kept = await keepPreferences(
    scene,
    own,
    { calendar: { ...own.calendar, leave } },
    endStatements(scene, found),
  );
  if (!kept) return say(changedElsewhere);
  if (!inForm) return say(sentence(`You are not away ${leaveText(found, today)} any more.`));
  const after = await preferencesOf(db, workspace, actor.id);
  const stacked =
    scene.incoming.view === null ? false : (awayForm.about(scene.incoming.view)?.meta.stacked ?? false);
  return { do: 'redraw', view: await formView(scene, after, '', stacked) };
}
