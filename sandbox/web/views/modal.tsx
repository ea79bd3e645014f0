/** How is the modal in front of a person shown, filled and sent? */
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Acted } from '../../server/control/acted.ts';
import type { SeenView } from '../../server/control/read.ts';
import { objectAt, objectsAt, textAt } from '../../server/json.ts';
import { Blocks } from '../blocks/block.tsx';
import { SurfaceContext } from '../blocks/surface.ts';
import { useSurfaceOf } from '../blocks/use-surface.ts';
import { Dialog } from '../elements/dialog.tsx';
import { ask } from '../live/ask.ts';
import { useLive } from '../live/use-live.ts';
import { Avatar } from '../shell/avatar.tsx';
import { Icon } from '../shell/icons.tsx';
import { say } from '../shell/notices.ts';
import { emojiText } from '../text/emoji.ts';

export interface ModalProps {
  /** Open modals, the one in front last. */
  views: readonly SeenView[];
  user: string;
  appName(id: string): string;
}

/** The modals of a person: one dialog, in which the one in front is shown. */
export function Modal({ views, user, appName }: ModalProps): ReactNode {
  const heading = useId();
  const close = async (all: boolean): Promise<void> => {
    try {
      await ask('close-view', { user, all });
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'trouble');
    }
  };
  const front = views.at(-1);
  if (front === undefined) return null;
  return (
    <Dialog labelledBy={heading} className="modal" onEscape={() => void close(false)}>
      <ModalForm
        key={front.id}
        view={front}
        user={user}
        heading={heading}
        app={appName(textAt(front['app_id']))}
        depth={views.length}
        onClose={(all) => void close(all)}
      />
    </Dialog>
  );
}

interface ModalFormProps {
  view: SeenView;
  user: string;
  heading: string;
  app: string;
  depth: number;
  onClose(all: boolean): void;
}

function ModalForm({ view, user, heading, app, depth, onClose }: ModalFormProps): ReactNode {
  const live = useLive();
  const [sending, setSending] = useState(false);
  const [trouble, setTrouble] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const entered = objectAt(view['state'])['values'];
  const surface = useSurfaceOf(
    { kind: 'modal', user, view: view.id },
    useMemo(() => ({ entered, errors: view.errors }), [entered, view.errors]),
  );
  useEffect(() => focusFirst(form.current), []);
  const submit = async (): Promise<void> => {
    if (sending) return;
    setSending(true);
    setTrouble('');
    try {
      await surface.flush();
      const acted = await ask<Acted>('submit', { user });
      if (acted.notice !== null) setTrouble(acted.notice);
      await live.refreshViews();
      if (Object.keys(acted.errors).length > 0) focusFirstError(form.current);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      setSending(false);
    }
  };
  const submitWords = textAt(objectAt(view['submit'])['text']);
  const closeWords = textAt(objectAt(view['close'])['text']) || (submitWords === '' ? 'Close' : 'Cancel');
  return (
    <form
      ref={form}
      className="modal-form"
      noValidate
      aria-busy={sending}
      onSubmit={(event) => {
        event.preventDefault();
        if (submitWords !== '') void submit();
      }}
    >
      <header className="modal-head">
        <Avatar name={app} isApp size={28} />
        <h2 id={heading} tabIndex={-1}>
          {emojiText(textAt(objectAt(view['title'])['text']))}
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label={depth > 1 ? 'Close all' : 'Close'}
          onClick={() => onClose(true)}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="modal-body">
        <SurfaceContext value={surface}>
          <Blocks blocks={objectsAt(view.blocks)} />
        </SurfaceContext>
      </div>
      {trouble !== '' && (
        <p className="modal-trouble" role="alert">
          <Icon name="warning" />
          {trouble}
        </p>
      )}
      <footer className="dialog-buttons">
        <button type="button" className="button" onClick={() => onClose(false)}>
          {emojiText(closeWords)}
        </button>
        {submitWords !== '' && (
          <button type="submit" className="button primary" aria-busy={sending}>
            {emojiText(submitWords)}
          </button>
        )}
      </footer>
    </form>
  );
}

/** The first field of a fresh form takes the focus, unless the app has chosen another; on a phone that would call the keyboard up. */
function focusFirst(form: HTMLFormElement | null): void {
  const body = form?.querySelector('.modal-body');
  if (form === null || body?.contains(document.activeElement) === true) return;
  const field = body?.querySelector<HTMLElement>('.block-input :is(input, textarea)');
  const touch = window.matchMedia('(pointer: coarse)').matches;
  const to = touch || field === undefined ? form.querySelector('h2') : field;
  to?.focus();
}

function focusFirstError(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const first = form?.querySelector<HTMLElement>('.has-error :is(input, textarea, button)');
    first?.focus();
    first?.closest('.block-input')?.scrollIntoView({ block: 'center' });
  });
}
