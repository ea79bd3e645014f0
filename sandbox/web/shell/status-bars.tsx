/** Is everything that should be there there? */
import type { ReactNode } from 'react';
import type { PageApp } from '../../server/control/page-state.ts';
import { useSeenPart } from '../live/use-live.ts';
import { usePanels } from './address-bar.ts';
import { Icon } from './icons.tsx';
import { unsay, useNotices } from './notices.ts';

/** A lost connection, and apps that are not listening. */
export function StatusBars(): ReactNode {
  const connection = useSeenPart((seen) => seen.connection);
  const apps = useSeenPart((seen) => seen.state?.apps);
  return (
    <div className="status-bars" role="status">
      {connection === 'lost' && (
        <p className="status-bar trouble">
          <Icon name="warning" />
          The workspace does not answer. This page tries again by itself; what you see may be old.
        </p>
      )}
      {connection === 'live' &&
        (apps ?? []).filter(isAway).map((app) => (
          <p key={app.id} className="status-bar">
            <Icon name="warning" />
            {sentenceAbout(app)}
          </p>
        ))}
    </div>
  );
}

/** What the page has to say, until it is closed. */
export function Notices(): ReactNode {
  const notices = useNotices();
  const panels = usePanels();
  return (
    <div className="notices" role="status">
      {notices.map(({ n, text, kind, details, entry }) => (
        <div key={n} className="notice" data-kind={kind}>
          <div className="notice-words">
            <p>{text}</p>
            {details.map((line) => (
              <p key={line} className="notice-detail">
                {line}
              </p>
            ))}
            {entry !== undefined && (
              <button
                type="button"
                className="link-button"
                onClick={() => panels.show({ inspector: true, entry })}
              >
                Show in the inspector
              </button>
            )}
          </div>
          <button type="button" className="icon-button" aria-label="Close" onClick={() => unsay(n)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}

function isAway({ mode, state, connections }: PageApp): boolean {
  return state !== 'installed' || (mode === 'socket' && connections === 0);
}

function sentenceAbout({ name, state }: PageApp): string {
  if (state === 'uninstalled') return `${name} is uninstalled.`;
  if (state === 'token_revoked') return `${name} may not write any more: its token was revoked.`;
  return `${name} is not connected. What you press or type does not reach it until it is back.`;
}
