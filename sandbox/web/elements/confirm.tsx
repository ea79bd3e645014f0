/** Is the person sure? */
import { type ReactNode, useId, useState } from 'react';
import { isObject, type JsonObject, objectAt, textAt } from '../../server/json.ts';
import { PlainText, TextObject } from '../text/words.tsx';
import { Dialog } from './dialog.tsx';

/** Asks before something is done, where the element wants that. */
export interface Confirming {
  /** Does it, after a yes where one is wanted. */
  ask(element: JsonObject, run: () => void): void;
  /** The dialog, while it is asked. */
  dialog: ReactNode;
}

export function useConfirm(): Confirming {
  const [asked, setAsked] = useState<{ confirm: JsonObject; run(): void } | null>(null);
  return {
    ask(element, run) {
      if (isObject(element['confirm'])) setAsked({ confirm: element['confirm'], run });
      else run();
    },
    dialog: asked !== null && (
      <ConfirmDialog
        confirm={asked.confirm}
        answer={(yes) => {
          setAsked(null);
          if (yes) asked.run();
        }}
      />
    ),
  };
}

function ConfirmDialog({ confirm, answer }: { confirm: JsonObject; answer(yes: boolean): void }): ReactNode {
  const title = useId();
  const words = useId();
  const danger = confirm['style'] === 'danger';
  return (
    <Dialog
      labelledBy={title}
      describedBy={words}
      role="alertdialog"
      className="confirm"
      onEscape={() => answer(false)}
    >
      <h2 id={title}>
        <PlainText text={textOf(confirm['title'], 'Are you sure?')} />
      </h2>
      <div id={words} className="confirm-words">
        <TextObject text={confirm['text']} />
      </div>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => answer(false)}>
          <PlainText text={textOf(confirm['deny'], 'Cancel')} />
        </button>
        <button
          type="button"
          className={danger ? 'button danger-full' : 'button primary'}
          onClick={() => answer(true)}
        >
          <PlainText text={textOf(confirm['confirm'], 'Yes')} />
        </button>
      </div>
    </Dialog>
  );
}

function textOf(object: unknown, fallback: string): string {
  return textAt(objectAt(object)['text']) || fallback;
}
