/** How are days off chosen: suggested for a place, confirmed by whoever they are for? */
import { isDay } from '../../core/day.ts';
import { todayIn } from '../../core/metric.ts';
import { readPlace } from '../../core/typed-calendar.ts';
import { preferencesOf } from '../../db/queries/settings.ts';
import { context, paragraph, sentence } from '../../slack/blocks.ts';
import type { SubmittedView } from '../../slack/form.ts';
import { close, nothing, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { dayUnreadableText } from '../../views/settings-text.ts';
import type { FormHandler, Holiday, Scene } from '../feature.ts';
import { keepPreferences } from '../keep-preferences.ts';
import { holidaysForm, holidaysMeta, mineForm, workspaceForm } from './forms.ts';
import { keepWorkspace, settable } from './workspace.ts';

type Whose = 'me' | 'workspace';

const MOST_DAYS = 150;

const suggest = (scene: Scene, place: string | null, year: number): readonly Holiday[] => {
  const known = place === null ? null : readPlace(place);
  return known === null ? [] : scene.holidays(known, [year, year + 1]).slice(0, 100);
};

/** What is set now: the days, and the place they were suggested for. */
async function current(
  scene: Scene,
  whose: Whose,
): Promise<{ days: readonly string[]; place: string | null }> {
  if (whose === 'workspace') {
    const found = await settable(scene);
    return 'instead' in found
      ? { days: [], place: null }
      : { days: found.settings.holidays, place: found.settings.place };
  }
  const own = await preferencesOf(scene.db, scene.workspace, scene.actor.id);
  const { place } = own.settings;
  return {
    days: own.calendar.holidays ?? [],
    place: typeof place === 'string' ? place : (own.calendar.country ?? null),
  };
}

function typedPlace(view: SubmittedView, whose: Whose): string | null {
  if (whose === 'me') return view.callback_id === mineForm.id ? mineForm.peek(view, 'place') : null;
  return view.callback_id === workspaceForm.id ? workspaceForm.peek(view, 'place') : null;
}

/** Opens the form; a place that is typed in the form below, and not saved yet, is taken from there. */
export async function openHolidays(scene: Scene, whose: Whose): Promise<Reply> {
  if (whose === 'workspace') {
    const found = await settable(scene);
    if ('instead' in found) return say(found.instead);
  }
  const { days, place: kept } = await current(scene, whose);
  const below = scene.incoming.view;
  const typed = below === null ? null : typedPlace(below, whose);
  const place = typed !== null && readPlace(typed) !== null ? typed : kept;
  const year = Number(todayIn(scene.zone, scene.at).slice(0, 4));
  const suggested = suggest(scene, place, year);
  const names = new Set(suggested.map(({ day }) => day));
  const coming = days.filter((day) => day >= `${year}`);
  const hasChosen = coming.some((day) => names.has(day));
  const words =
    suggested.length === 0
      ? 'Name your country in the settings to have its public holidays suggested.'
      : `Public holidays of ${place}, ${year} and ${year + 1}, as a suggestion. Nobody is asked on a day that stands here once it is saved.`;
  return open(
    holidaysForm(suggested).view({ whose, place, year, stacked: below !== null }, scene.place, {
      title: whose === 'me' ? 'My holidays' : 'Workspace holidays',
      initial: {
        chosen: hasChosen ? coming.filter((day) => names.has(day)) : [...names],
        others: coming.filter((day) => !names.has(day)).join('\n') || null,
      } as never,
      above: [paragraph([words])],
      ...(suggested.length === 0 ? {} : { below: [context('Holiday data: date-holidays, CC BY-SA.')] }),
    }),
  );
}

/** Reads the form, whose choices depend on the place. */
export const holidaysHandler: FormHandler = {
  form: 'holidays',
  async run(scene, view) {
    const meta = holidaysMeta.safeParse(metaOf(view));
    if (!meta.success) return close(sentence('This form is out of date. Nothing was saved; open it again.'));
    const { whose, place, year, stacked } = meta.data;
    const read = holidaysForm(suggest(scene, place, year)).read(view);
    if (!read.ok) return refuse(read.errors);
    const { chosen, others } = read.values as { chosen?: readonly string[] | null; others: string | null };
    const typed = (others ?? '').split(/[\s,;]+/).filter((word) => word !== '');
    const wrong = typed.find((word) => !isDay(word));
    if (wrong !== undefined) return refuse({ others: dayUnreadableText(wrong) });
    const days = [...new Set([...(chosen ?? []), ...typed])].sort();
    if (days.length > MOST_DAYS)
      return refuse({
        others: `${days.length} days are more than ${MOST_DAYS}. Leave the far ones for later.`,
      });
    return save(scene, whose, days, stacked);
  },
};

async function save(scene: Scene, whose: Whose, days: readonly string[], stacked: boolean): Promise<Reply> {
  const stale = sentence(
    'These settings were changed elsewhere a moment ago, so nothing was saved. Open them again.',
  );
  if (whose === 'workspace') {
    const found = await settable(scene);
    if ('instead' in found) return close(found.instead);
    if (!(await keepWorkspace(scene, found.row, { holidays: days }, found.row.timezone))) return close(stale);
  } else {
    const own = await preferencesOf(scene.db, scene.workspace, scene.actor.id);
    if (!(await keepPreferences(scene, own, { calendar: { ...own.calendar, holidays: days } })))
      return close(stale);
  }
  // The form below may hold what is not saved yet: only this one closes.
  if (stacked) return nothing;
  return close(
    sentence(
      whose === 'me'
        ? `${days.length} days off are saved. Nobody asks you on these days.`
        : `${days.length} days off are saved for this workspace. Nobody is asked on these days.`,
    ),
  );
}

function metaOf(view: SubmittedView): unknown {
  try {
    return (JSON.parse(view.private_metadata ?? '') as { m?: unknown }).m;
  } catch {
    return null;
  }
}
