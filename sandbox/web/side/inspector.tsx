/** Which calls and deliveries went to and fro, and what came of them? */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { JournalLine } from '../../server/control/journal-lines.ts';
import type { PageState } from '../../server/control/page-state.ts';
import type { JournalEntry } from '../../server/journal.ts';
import { ask } from '../live/ask.ts';
import { useSeenPart } from '../live/use-live.ts';
import { usePanels } from '../shell/address-bar.ts';
import { Icon } from '../shell/icons.tsx';
import { useLines, type Wanted } from './use-lines.ts';

/** Every line of the journal, newest first; a press opens it. */
export function Inspector({ state, entry }: { state: PageState; entry: number | null }): ReactNode {
  const panels = usePanels();
  const [wanted, setWanted] = useState<Wanted>({ name: '', person: '', troubled: false });
  const { lines, older } = useLines(wanted);
  const list = useRef<HTMLDivElement>(null);
  const open = (n: number): void => panels.show({ entry: n === entry ? null : n });
  return (
    <section className="inspector" aria-labelledby="inspector-title">
      <header className="pane-head">
        <h2 id="inspector-title">Inspector</h2>
        <Filters
          wanted={wanted}
          onWanted={(change) => setWanted((before) => ({ ...before, ...change }))}
          state={state}
        />
        <button
          type="button"
          className="icon-button"
          aria-label="Close the inspector"
          onClick={() => panels.show({ inspector: false })}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="inspector-body">
        <div ref={list} className="lines-list">
          {lines.length === 0 && <p className="nothing-yet">Nothing yet.</p>}
          <ul>
            {lines.map((line) => (
              <li key={line.n}>
                <Line line={line} state={state} isOpen={line.n === entry} onOpen={() => open(line.n)} />
              </li>
            ))}
          </ul>
          {older !== null && (
            <button type="button" className="link-button" onClick={older}>
              Show older
            </button>
          )}
        </div>
        {entry !== null && <Entry key={entry} n={entry} onClose={() => panels.show({ entry: null })} />}
      </div>
    </section>
  );
}

interface FiltersProps {
  wanted: Wanted;
  onWanted(change: Partial<Wanted>): void;
  state: PageState;
}

function Filters({ wanted, onWanted, state }: FiltersProps): ReactNode {
  return (
    <div className="inspector-filters">
      <input
        type="search"
        className="text-input"
        aria-label="Filter by method"
        placeholder="Method, like views.open"
        value={wanted.name}
        onChange={(event) => onWanted({ name: event.target.value })}
      />
      <select
        className="text-input"
        aria-label="Filter by person"
        value={wanted.person}
        onChange={(event) => onWanted({ person: event.target.value })}
      >
        <option value="">Everyone</option>
        {state.people
          .filter(({ isBot }) => !isBot)
          .map(({ id, realName }) => (
            <option key={id} value={id}>
              {realName}
            </option>
          ))}
      </select>
      <label className="choice">
        <input
          type="checkbox"
          checked={wanted.troubled}
          onChange={(event) => onWanted({ troubled: event.target.checked })}
        />
        <span>Only trouble</span>
      </label>
    </div>
  );
}

const directions = {
  call: 'App to Slack',
  delivery: 'Slack to app',
  response_url: 'App to response address',
} as const;
const arrows = { call: '→', delivery: '←', response_url: '→' } as const;

interface LineProps {
  line: JournalLine;
  state: PageState;
  isOpen: boolean;
  onOpen(): void;
}

function Line({ line, state, isOpen, onOpen }: LineProps): ReactNode {
  const person = state.people.find(({ id }) => id === line.person)?.realName ?? '';
  const channel = state.channels.find(({ id }) => id === line.channel);
  const about = [person, channel?.kind === 'channel' ? `#${channel.name}` : '']
    .filter((word) => word !== '')
    .join(' · ');
  return (
    <button
      type="button"
      className="journal-line"
      aria-expanded={isOpen}
      data-failed={line.failure !== null}
      onClick={onOpen}
    >
      <span className="line-direction" data-direction={line.direction} title={directions[line.direction]}>
        <span aria-hidden="true">{arrows[line.direction]}</span>
        <span className="visually-hidden">{directions[line.direction]}: </span>
      </span>
      <span className="line-name">
        {line.name}
        {line.attempt > 0 && <span className="mark-badge">again</span>}
      </span>
      <span className="line-about">{about}</span>
      {line.warnings.length > 0 && (
        <span className="line-warning" title={line.warnings.join('\n')}>
          <Icon name="warning" /> {line.warnings.length}
        </span>
      )}
      {line.failure !== null && <span className="line-failure">{line.failure}</span>}
      <span className="line-ms">
        {line.ms === null ? '…' : `${line.ms < 10 ? line.ms.toFixed(1) : Math.round(line.ms)} ms`}
      </span>
    </button>
  );
}

function Entry({ n, onClose }: { n: number; onClose(): void }): ReactNode {
  const journal = useSeenPart((seen) => seen.journal);
  const [entry, setEntry] = useState<JournalEntry | null>(null);
  const open = entry === null || entry.ms === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a line that is under way is looked at again
  useEffect(() => {
    if (!open) return;
    ask<JournalEntry | null>('page/log-entry', { n }).then(setEntry, () => undefined);
  }, [n, open, open ? journal : 0]);
  return (
    <article className="journal-entry" aria-label={`Line ${n}`}>
      <header>
        <h3>
          {entry?.name ?? '…'} <small>line {n}</small>
        </h3>
        <button type="button" className="icon-button" aria-label="Close this line" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {entry !== null && (
        <>
          {entry.failure !== null && <p className="line-failure">Failed: {entry.failure}</p>}
          {entry.warnings.map((warning) => (
            <p key={warning} className="line-warning">
              <Icon name="warning" /> {warning}
            </p>
          ))}
          <Json
            title={entry.direction === 'delivery' ? 'Sent to the app' : 'Asked by the app'}
            json={entry.request}
          />
          <Json
            title={entry.direction === 'delivery' ? 'Acknowledged with' : 'Answered'}
            json={entry.answer}
          />
        </>
      )}
    </article>
  );
}

function Json({ title, json }: { title: string; json: unknown }): ReactNode {
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <pre className="json" tabIndex={0}>
        {JSON.stringify(unfolded(json), null, 2)}
      </pre>
    </section>
  );
}

/** JSON inside of texts, as forms carry it, unfolded. */
function unfolded(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, unfoldedText(value)]));
}

function unfoldedText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
