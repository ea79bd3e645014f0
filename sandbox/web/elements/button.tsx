/** How is a button of an app drawn and pressed? */
import type { ReactNode } from 'react';
import { objectAt, textAt } from '../../server/json.ts';
import { type Placed, useSurface } from '../blocks/surface.ts';
import { PlainText } from '../text/words.tsx';
import { useConfirm } from './confirm.tsx';

/** A `button` or `workflow_button`. */
export function Button({ placed }: { placed: Placed }): ReactNode {
  const { element } = placed;
  const surface = useSurface();
  const confirm = useConfirm();
  const busy = surface.isBusy(placed);
  const url = textAt(element['url']);
  const press = (): void => {
    if (url !== '') window.open(url, '_blank', 'noopener,noreferrer');
    void surface.use(placed);
  };
  return (
    <>
      <button
        type="button"
        className={`button ${styles[textAt(element['style'])] ?? ''}`}
        aria-label={textAt(element['accessibility_label']) || undefined}
        aria-busy={busy}
        onClick={() => {
          if (!busy) confirm.ask(element, press);
        }}
      >
        <PlainText text={textAt(objectAt(element['text'])['text'])} />
      </button>
      {confirm.dialog}
    </>
  );
}

const styles: Record<string, string> = { primary: 'primary', danger: 'danger' };
