/** How are the blocks drawn that slack-blocks-to-jsx draws well: Markdown, videos, plans, tasks, charts? */
import { type ReactNode, useMemo } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import 'slack-blocks-to-jsx/dist/style.css';
import type { JsonObject } from '../../server/json.ts';
import { useTheme } from '../shell/theme.ts';
import { useReader } from '../text/reader.ts';
import { ChannelMention, Mention, OutsideLink, When } from '../text/words.tsx';

/** What stands in them is ours: names, times in the reader's zone, links that leave the page safely. */
const hooks = {
  user: ({ id, name }: { id: string; name: string }): ReactNode => <Mention id={id} label={name} />,
  channel: ({ id, name }: { id: string; name: string }): ReactNode => <ChannelMention id={id} label={name} />,
  date: (date: { timestamp: string; format: string; link: string | null; fallback: string }): ReactNode => (
    <When
      seconds={Number(date.timestamp)}
      format={date.format}
      url={date.link ?? ''}
      fallback={date.fallback}
    />
  ),
  link: ({ href = '', children }: { href?: string; children?: ReactNode }): ReactNode => (
    <OutsideLink url={href}>{children}</OutsideLink>
  ),
};

/** A block drawn by slack-blocks-to-jsx. */
export function BorrowedBlock({ block }: { block: JsonObject }): ReactNode {
  const theme = useTheme();
  const { now } = useReader();
  const blocks = useMemo(() => [block as unknown as Block], [block]);
  return (
    <div className="borrowed">
      <Message
        blocks={blocks}
        name=""
        logo=""
        time={new Date(now)}
        theme={theme}
        hooks={hooks as never}
        withoutWrapper
      />
    </div>
  );
}
