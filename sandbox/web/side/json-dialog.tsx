/** What exactly is this, as the app or Slack wrote it? */
import { type ReactNode, useId } from 'react';
import { Dialog } from '../elements/dialog.tsx';

/** JSON in front of the page. */
export function JsonDialog({
  title,
  json,
  onClose,
}: {
  title: string;
  json: unknown;
  onClose(): void;
}): ReactNode {
  const heading = useId();
  return (
    <Dialog labelledBy={heading} className="json-dialog" onEscape={onClose}>
      <h2 id={heading}>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <pre className="json" tabIndex={0}>
        {JSON.stringify(json, null, 2)}
      </pre>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
