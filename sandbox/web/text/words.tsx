/** How are the pieces of a text drawn? */
import type { ReactNode } from 'react';
import { formatDate } from '../../server/control/dates.ts';
import { textAt } from '../../server/json.ts';
import { Each } from './each.tsx';
import { emojiCharacter, emojiText } from './emoji.ts';
import { type Inline, type Marked, parseMrkdwn } from './mrkdwn.ts';
import { useReader } from './reader.ts';

/** A `plain_text` or `mrkdwn` object. */
export function TextObject({ text }: { text: unknown }): ReactNode {
  const { type, text: words } = objectOf(text);
  return type === 'mrkdwn' ? <MarkedText text={textAt(words)} /> : <PlainText text={textAt(words)} />;
}

/** Text in mrkdwn. */
export function MarkedText({ text }: { text: string }): ReactNode {
  return <Each of={parseMrkdwn(text)}>{(part) => <MarkedPart part={part} />}</Each>;
}

/** Plain text, in which only emoji mean something. */
export function PlainText({ text }: { text: string }): ReactNode {
  return emojiText(text);
}

/** A person by id, as others read their name. */
export function Mention({ id, label = '' }: { id: string; label?: string }): ReactNode {
  const { people, me } = useReader();
  const person = people.get(id);
  const name = person?.realName ?? (label === '' ? id : label);
  return <span className={id === me ? 'mention mention-me' : 'mention'}>@{name}</span>;
}

/** A channel by id; it leads there when the person can see it. */
export function ChannelMention({ id, label = '' }: { id: string; label?: string }): ReactNode {
  const { channels, hrefOf, open } = useReader();
  const channel = channels.get(id);
  if (channel === undefined)
    return <span className="mention">#{label === '' ? 'private-channel' : label}</span>;
  return (
    <a
      className="mention"
      href={hrefOf(channel)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(channel);
      }}
    >
      #{channel.name}
    </a>
  );
}

/** An instant in the zone of the person who reads. */
export function When(props: { seconds: number; format: string; url?: string; fallback?: string }): ReactNode {
  const { tz, now } = useReader();
  const { seconds, format, url = '', fallback = '' } = props;
  const words = Number.isFinite(seconds) && format !== '' ? formatDate(seconds, format, tz, now) : fallback;
  const time = <time dateTime={dateTime(seconds)}>{words}</time>;
  return url === '' ? time : <OutsideLink url={url}>{time}</OutsideLink>;
}

/** A link that leaves the page; nothing but web and mail addresses can be followed. */
export function OutsideLink({ url, children }: { url: string; children: ReactNode }): ReactNode {
  if (!/^(?:https?|mailto|tel|slack):/i.test(url)) return <span>{children}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

function MarkedPart({ part }: { part: Marked }): ReactNode {
  if (part.kind === 'preformatted') return <pre className="preformatted">{part.text}</pre>;
  const inner = <Pieces pieces={part.inner} />;
  return part.kind === 'quote' ? <blockquote>{inner}</blockquote> : <span className="lines">{inner}</span>;
}

function Pieces({ pieces }: { pieces: readonly Inline[] }): ReactNode {
  return <Each of={pieces}>{(piece) => <Piece piece={piece} />}</Each>;
}

function Piece({ piece }: { piece: Inline }): ReactNode {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'break':
      return <br />;
    case 'code':
      return <code>{piece.text}</code>;
    case 'bold':
      return (
        <strong>
          <Pieces pieces={piece.inner} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Pieces pieces={piece.inner} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Pieces pieces={piece.inner} />
        </s>
      );
    case 'link':
      return (
        <OutsideLink url={piece.url}>
          <Pieces pieces={piece.inner} />
        </OutsideLink>
      );
    case 'person':
      return <Mention id={piece.id} label={piece.label} />;
    case 'channel':
      return <ChannelMention id={piece.id} label={piece.label} />;
    case 'group':
      return <span className="mention">@{piece.label.replace(/^@/, '') || piece.id}</span>;
    case 'broadcast':
      return <span className="mention">@{piece.range}</span>;
    case 'date':
      return <When {...piece} />;
    case 'emoji':
      return emojiCharacter(piece.name);
  }
}

function objectOf(value: unknown): { type?: unknown; text?: unknown } {
  return typeof value === 'object' && value !== null ? value : {};
}

function dateTime(seconds: number): string | undefined {
  return Number.isFinite(seconds) && Math.abs(seconds) < 8e12
    ? new Date(seconds * 1000).toISOString()
    : undefined;
}
