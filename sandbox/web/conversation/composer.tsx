/** How does a person write a message or a command? */
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Acted } from '../../server/control/acted.ts';
import type { PageState } from '../../server/control/page-state.ts';
import { MenuButton } from '../elements/menu-button.tsx';
import { ask } from '../live/ask.ts';
import { nameOfChannel } from '../live/place.ts';
import { useWorkspace } from '../live/use-live.ts';
import { Icon } from '../shell/icons.tsx';
import { say } from '../shell/notices.ts';
import { type Completion, completeWith, completionsFor } from './completion.ts';
import { draftOf, keepDraft, useTypedForMe } from './drafts.ts';

export interface ComposerProps {
  /** Id of the conversation. */
  channel: string;
  /** Timestamp of the root, in a thread. */
  threadTs?: string;
  label: string;
  /** What was written is on its way: the writer wants to see what comes of it. */
  onSent?(): void;
}

/** A box that sends with Enter and offers commands, people and channels. */
export function Composer({ channel, threadTs, label, onSent }: ComposerProps): ReactNode {
  const state = useWorkspace();
  const place = `${state.me} ${channel} ${threadTs ?? ''}`;
  const [text, setText] = useState(() => draftOf(place));
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState('');
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const wantedCaret = useRef<number | null>(null);
  const listId = useId();
  const offered = completionsFor(text, caret, state, threadTs !== undefined);
  const open = offered.list.length > 0 && dismissed !== text;
  const chosen = offered.list[Math.min(active, offered.list.length - 1)];

  useEffect(() => keepDraft(place, text), [place, text]);
  useTypedForMe(threadTs === undefined ? boxOf(state, channel) : null, (words) => {
    setText(words);
    setDismissed(words);
    area.current?.focus();
  });
  useLayoutEffect(() => {
    const field = area.current;
    if (field === null) return;
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight + 2, 220)}px`;
    if (wantedCaret.current === null) return;
    field.setSelectionRange(wantedCaret.current, wantedCaret.current);
    wantedCaret.current = null;
  });

  const complete = (completion: Completion): void => {
    const done = completeWith(text, offered.from, caret, completion);
    setText(done.text);
    setCaret(done.caret);
    setDismissed(done.text);
    area.current?.focus();
    wantedCaret.current = done.caret;
  };
  const send = async (): Promise<void> => {
    const words = text.trim();
    if (words === '' || busy) return;
    setBusy(true);
    try {
      const acted = await sendText(state.me, channel, words, threadTs);
      if (acted.notice !== null) say(acted.notice, 'trouble');
      // What failed stays in the box, to be tried again.
      if (acted.notice === null) {
        setText('');
        onSent?.();
      }
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'trouble');
    } finally {
      setBusy(false);
      area.current?.focus();
    }
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (open && inList(event)) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void send();
  };
  const inList = (event: KeyboardEvent): boolean => {
    const count = offered.list.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((active + step + count) % count);
    else if (event.key === 'Escape') setDismissed(text);
    else if ((event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey && chosen !== undefined) {
      if (event.key === 'Enter' && chosen.isTyped) return false;
      complete(chosen);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {open && <Completions id={listId} list={offered.list} active={chosen} onPick={complete} />}
      <div className="composer-box" aria-busy={busy}>
        {threadTs === undefined && <Shortcuts />}
        <textarea
          ref={area}
          rows={1}
          value={text}
          placeholder={label}
          aria-label={label}
          role="combobox"
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={open && chosen !== undefined ? `${listId}-${chosen.key}` : undefined}
          data-focus-home={threadTs === undefined ? '' : undefined}
          id={threadTs === undefined ? 'composer' : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setCaret(event.target.selectionStart);
            setActive(0);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={pressed}
        />
        <button type="submit" className="send" aria-label="Send" disabled={text.trim() === '' || busy}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

function boxOf(state: PageState, id: string): { person: string; place: string } | null {
  const channel = state.channels.find((candidate) => candidate.id === id);
  const person = state.people.find((candidate) => candidate.id === state.me)?.name;
  if (channel === undefined || person === undefined) return null;
  return { person, place: nameOfChannel(state, channel) };
}

function sendText(user: string, channel: string, text: string, threadTs: string | undefined): Promise<Acted> {
  if (threadTs === undefined && /^\/\S/.test(text)) return ask<Acted>('command', { user, channel, text });
  return ask<Acted>('type', { user, channel, text, threadTs });
}

interface CompletionsProps {
  id: string;
  list: readonly Completion[];
  active: Completion | undefined;
  onPick(completion: Completion): void;
}

function Completions({ id, list, active, onPick }: CompletionsProps): ReactNode {
  return (
    <div className="completions" role="listbox" id={id} aria-label="Suggestions">
      {list.map((completion) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are pressed in the box below, which says which entry is meant
        <div
          key={completion.key}
          id={`${id}-${completion.key}`}
          role="option"
          tabIndex={-1}
          aria-selected={completion === active}
          className={completion === active ? 'option active' : 'option'}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(completion)}
        >
          <span>
            <strong>{completion.label}</strong> {completion.usage}
          </span>
          <small>{completion.hint}</small>
        </div>
      ))}
    </div>
  );
}

/** What apps offer everywhere. */
function Shortcuts(): ReactNode {
  const { apps, me } = useWorkspace();
  const [busy, setBusy] = useState(false);
  const start = async (callbackId: string): Promise<void> => {
    setBusy(true);
    try {
      const acted = await ask<Acted>('shortcut', { user: me, callbackId });
      if (acted.notice !== null) say(acted.notice, 'trouble');
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'trouble');
    } finally {
      setBusy(false);
    }
  };
  const entries = apps.flatMap((app) =>
    app.shortcuts
      .filter(({ type }) => type === 'global')
      .map(({ callbackId, name }) => ({
        key: `${app.id} ${callbackId}`,
        words: name,
        hint: app.name,
        run: () => void start(callbackId),
      })),
  );
  return (
    <MenuButton label="Shortcuts" entries={entries} busy={busy} empty="No app here offers a shortcut.">
      <Icon name="plus" />
    </MenuButton>
  );
}
