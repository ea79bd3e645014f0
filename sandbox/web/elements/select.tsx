/** How is something picked from a menu of an app? */
import { type ReactNode, useEffect, useState } from 'react';
import { objectAt, textAt } from '../../server/json.ts';
import type { Placed } from '../blocks/surface.ts';
import { useWorkspace } from '../live/use-live.ts';
import { Combobox, type Offer } from './combobox.tsx';
import { useConfirm } from './confirm.tsx';
import { useFieldLabels } from './field-context.ts';
import { chosenOption, fitting, menuType, type Option, objectOption, optionsOf } from './options.ts';
import { useField } from './use-draft.ts';

/** A menu for one entry: static, external, users, conversations, channels. */
export function Select({ placed }: { placed: Placed }): ReactNode {
  const { value, choose, surface } = useField<unknown>(placed);
  const state = useWorkspace();
  const confirm = useConfirm();
  const { optional } = useFieldLabels();
  const [query, setQuery] = useState('');
  const offer = useOffer(placed, query);
  const set = (next: unknown): void => confirm.ask(placed.element, () => void choose(next));
  return (
    <>
      <Combobox
        chosen={value === null ? [] : [chosenOption(value, state)]}
        several={false}
        offer={offer}
        query={query}
        onQuery={setQuery}
        onPick={(option) => set(option.value)}
        {...(optional === true ? { onDrop: () => set(null) } : {})}
        placeholder={placeholderOf(placed)}
        busy={surface.isBusy(placed)}
        focusOnLoad={placed.element['focus_on_load'] === true}
      />
      {confirm.dialog}
    </>
  );
}

/** A menu for several entries. */
export function MultiSelect({ placed }: { placed: Placed }): ReactNode {
  const { value, choose, surface } = useField<unknown[]>(placed);
  const state = useWorkspace();
  const confirm = useConfirm();
  const [query, setQuery] = useState('');
  const offer = useOffer(placed, query);
  const chosen = (value ?? []).map((item) => chosenOption(item, state));
  const most = Number(placed.element['max_selected_items'] ?? Number.POSITIVE_INFINITY);
  const set = (next: Option[]): void =>
    confirm.ask(placed.element, () => void choose(next.map((option) => option.value)));
  const full = chosen.length >= most;
  return (
    <>
      <Combobox
        chosen={chosen}
        several
        offer={
          full ? { options: [], said: `No more than ${most} can be chosen.` } : withoutChosen(offer, chosen)
        }
        query={query}
        onQuery={setQuery}
        onPick={(option) => set([...chosen, option])}
        onDrop={(option) => set(chosen.filter(({ key }) => key !== option.key))}
        placeholder={placeholderOf(placed)}
        busy={surface.isBusy(placed)}
        focusOnLoad={placed.element['focus_on_load'] === true}
      />
      {confirm.dialog}
    </>
  );
}

function placeholderOf({ element }: Placed): string {
  return textAt(objectAt(element['placeholder'])['text']) || 'Choose';
}

function withoutChosen(offer: Offer, chosen: readonly Option[]): Offer {
  const keys = new Set(chosen.map(({ key }) => key));
  return { ...offer, options: offer.options.filter(({ key }) => !keys.has(key)) };
}

/** What a menu offers for what is typed: its own entries, or those the app answers with. */
function useOffer(placed: Placed, query: string): Offer {
  const state = useWorkspace();
  const asked = useAsked(placed, query);
  if (menuType(placed.element) === 'external_select') return asked;
  const options = fitting(optionsOf(placed.element, state), query);
  return { options, said: options.length === 0 ? 'Nothing fits.' : '' };
}

const pause = 200;

function useAsked(placed: Placed, query: string): Offer {
  const { surface } = useField<unknown>(placed);
  const external = menuType(placed.element) === 'external_select';
  const least = Number(placed.element['min_query_length'] ?? 3);
  const short = [...query].length < least;
  const [answer, setAnswer] = useState<{ query: string; options: Option[]; failed: boolean } | null>(null);
  useEffect(() => {
    if (!external || short) return;
    let over = false;
    const done = (options: Option[], failed: boolean): void => {
      if (!over) setAnswer({ query, options, failed });
    };
    const timer = setTimeout(() => {
      surface.choices(placed, query).then(
        (options) =>
          done(
            options.map((option) => objectOption(option)),
            false,
          ),
        () => done([], true),
      );
    }, pause);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [external, short, query, placed, surface]);
  if (short)
    return { options: [], said: `Type ${least === 1 ? 'a character' : `${least} characters`} to search.` };
  if (answer?.query !== query) return { options: answer?.options ?? [], said: 'Searching…' };
  if (answer.failed) return { options: [], said: 'The app did not answer.' };
  return { options: answer.options, said: answer.options.length === 0 ? 'Nothing found.' : '' };
}
