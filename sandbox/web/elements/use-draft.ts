/** What stands in a field: what the person has typed, or what the sandbox knows? */
import { useState } from 'react';
import { type Placed, type Surface, tellsApp, useSurface, valueIn } from '../blocks/surface.ts';

/**
 * A value that is typed here and known there. What comes from there replaces what stands here only while both
 * agreed: typing is never undone by an answer that is on its way.
 */
export function useDraft<Value>(known: Value): [Value, (value: Value) => void] {
  const [draft, setDraft] = useState(known);
  const [before, setBefore] = useState(known);
  if (!same(known, before)) {
    setBefore(known);
    if (same(draft, before)) setDraft(known);
  }
  return [draft, setDraft];
}

/** A field of a form: what it holds, and how to change it. */
export interface Field<Value> {
  value: Value;
  /** Sets it, and tells the app where the field asks for that. */
  choose(value: Value): Promise<void>;
  surface: Surface;
}

/** The field for an element that is chosen rather than typed. */
export function useField<Value>(placed: Placed): Field<Value | null> {
  const surface = useSurface();
  const known = valueIn(surface, placed) as Value | null;
  const [value, setValue] = useDraft(known);
  const choose = async (next: Value | null): Promise<void> => {
    setValue(next);
    if (!tellsApp(placed)) return surface.enter(placed, next);
    if (!(await surface.use(placed, { value: next }))) setValue(known);
  };
  return { value, choose, surface };
}

function same(one: unknown, other: unknown): boolean {
  return Object.is(one, other) || JSON.stringify(one) === JSON.stringify(other);
}
