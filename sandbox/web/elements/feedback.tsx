/** How are the small buttons below an answer drawn? */
import type { ReactNode } from 'react';
import { type JsonObject, objectAt, objectsAt, textAt } from '../../server/json.ts';
import { type Placed, useSurface } from '../blocks/surface.ts';
import { Icon } from '../shell/icons.tsx';
import { useReader } from '../text/reader.ts';
import { useConfirm } from './confirm.tsx';

/** A pair of `feedback_buttons`. */
export function FeedbackButtons({ placed }: { placed: Placed }): ReactNode {
  const surface = useSurface();
  const buttons = objectsAt([placed.element['positive_button'], placed.element['negative_button']]);
  return buttons.map((button) => {
    const label = textAt(objectAt(button['text'])['text']);
    return (
      <button
        key={label}
        type="button"
        className="button small"
        aria-label={textAt(button['accessibility_label']) || undefined}
        aria-busy={surface.isBusy(placed)}
        onClick={() => void surface.use(placed, { label })}
      >
        {label}
      </button>
    );
  });
}

/** An `icon_button`. */
export function IconButton({ placed }: { placed: Placed }): ReactNode {
  const { element } = placed;
  const surface = useSurface();
  const confirm = useConfirm();
  const { me } = useReader();
  if (!isFor(element, me)) return null;
  const label = textAt(element['accessibility_label']) || textAt(objectAt(element['text'])['text']);
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={label}
        title={label}
        aria-busy={surface.isBusy(placed)}
        onClick={() => confirm.ask(element, () => void surface.use(placed))}
      >
        <Icon name="bin" />
      </button>
      {confirm.dialog}
    </>
  );
}

function isFor(element: JsonObject, me: string): boolean {
  const only = element['visible_to_user_ids'];
  return !Array.isArray(only) || only.includes(me);
}
