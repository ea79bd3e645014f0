/** What can be done with a message beside what stands in it? */
import { type ReactNode, useState } from 'react';
import type { Acted } from '../../server/control/acted.ts';
import type { PageMessage } from '../../server/control/page-state.ts';
import { MenuButton, type MenuEntry } from '../elements/menu-button.tsx';
import { ask } from '../live/ask.ts';
import { useWorkspace } from '../live/use-live.ts';
import { go } from '../shell/address-bar.ts';
import { Icon } from '../shell/icons.tsx';
import { say } from '../shell/notices.ts';
import { JsonDialog } from '../side/json-dialog.tsx';
import { emojiCharacter, quickReactions } from '../text/emoji.ts';
import { reactTo } from './reactions.tsx';

/** A small bar over a message: react, reply, and the rest in a menu. */
export function MessageTools({ message, inThread }: { message: PageMessage; inThread: boolean }): ReactNode {
  const { apps, me } = useWorkspace();
  const [busy, setBusy] = useState(false);
  const [json, setJson] = useState(false);
  const start = async (callbackId: string): Promise<void> => {
    setBusy(true);
    try {
      const acted = await ask<Acted>('shortcut', {
        user: me,
        callbackId,
        channel: message.channel,
        ts: message.ts,
      });
      if (acted.notice !== null) say(acted.notice, 'trouble');
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'trouble');
    } finally {
      setBusy(false);
    }
  };
  const reactions: MenuEntry[] = quickReactions.map((name) => ({
    key: name,
    words: emojiCharacter(name),
    name: `React with ${name.replaceAll('_', ' ')}`,
    run: () => reactTo(message, me, name, false),
  }));
  const shortcuts: MenuEntry[] = apps.flatMap((app) =>
    app.shortcuts
      .filter(({ type }) => type === 'message')
      .map(({ callbackId, name }) => ({
        key: callbackId,
        words: name,
        hint: app.name,
        run: () => void start(callbackId),
      })),
  );
  const root = message.thread_ts ?? message.ts;
  const reply = (): void => go({ thread: root });
  const entries: MenuEntry[] = [
    ...reactions,
    ...(inThread ? [] : [{ key: 'reply', words: 'Reply in thread', run: reply }]),
    ...shortcuts,
    { key: 'json', words: 'Show its JSON', run: () => setJson(true) },
  ];
  return (
    <div className="message-tools">
      {!inThread && (
        // The menu has it as well: one stop per message is enough on the way through the page.
        <button
          type="button"
          className="icon-button reply-tool"
          tabIndex={-1}
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={reply}
        >
          <Icon name="reply" />
        </button>
      )}
      <MenuButton label="More about this message" entries={entries} busy={busy}>
        <Icon name="more" />
      </MenuButton>
      {json && <JsonDialog title="This message as JSON" json={message} onClose={() => setJson(false)} />}
    </div>
  );
}
