/** What is shown where a message would stand that Slack would not have taken? */
import type { ReactNode } from 'react';
import type { RefusedPayload } from '../../server/control/refusals.ts';
import { usePanels } from '../shell/address-bar.ts';
import { Icon } from '../shell/icons.tsx';

/** The refusal with its reasons. */
export function Refusal({ refusal }: { refusal: RefusedPayload }): ReactNode {
  const panels = usePanels();
  const { name, error, messages, text, n } = refusal;
  return (
    <div className="refusal" role="note">
      <Icon name="warning" />
      <div>
        <p>
          <strong>Slack would refuse this.</strong> <code>{name}</code> answered <code>{error}</code>.
        </p>
        {messages.map((message) => (
          <p key={message} className="refusal-reason">
            {message.replace(/^\[ERROR\] /, '')}
          </p>
        ))}
        {text !== '' && <p className="refusal-text">{text.length > 300 ? `${text.slice(0, 300)}…` : text}</p>}
        <button
          type="button"
          className="link-button"
          onClick={() => panels.show({ inspector: true, entry: n })}
        >
          Show in the inspector
        </button>
      </div>
    </div>
  );
}
