/** How is a `rich_text` block drawn? */
import type { ReactNode } from 'react';
import { type JsonObject, objectAt, objectsAt, textAt } from '../../server/json.ts';
import { Each } from './each.tsx';
import { emojiCharacter } from './emoji.ts';
import { ChannelMention, Mention, OutsideLink, When } from './words.tsx';

/** The parts of a `rich_text` block: sections, lists, quotations, code. */
export function RichText({ elements }: { elements: readonly JsonObject[] }): ReactNode {
  return <Each of={elements}>{(element) => <Part element={element} />}</Each>;
}

function Part({ element }: { element: JsonObject }): ReactNode {
  const inner = objectsAt(element['elements']);
  switch (element['type']) {
    case 'rich_text_list':
      return <List element={element} items={inner} />;
    case 'rich_text_quote':
      return (
        <blockquote>
          <Inlines pieces={inner} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return (
        <pre className="preformatted">
          <Inlines pieces={inner} />
        </pre>
      );
    default:
      return (
        <div className="rich-lines">
          <Inlines pieces={inner} />
        </div>
      );
  }
}

function List({ element, items }: { element: JsonObject; items: readonly JsonObject[] }): ReactNode {
  const indent = Number(element['indent'] ?? 0);
  const children = (
    <Each of={items}>
      {(item) => (
        <li>
          <Inlines pieces={objectsAt(item['elements'])} />
        </li>
      )}
    </Each>
  );
  const style = { marginInlineStart: `${indent * 1.5}rem` };
  if (element['style'] !== 'ordered')
    return (
      <ul className="rich-list" data-indent={indent % 3} style={style}>
        {children}
      </ul>
    );
  const start = Number(element['offset'] ?? 0) + 1;
  return (
    <ol className="rich-list" data-indent={indent % 3} start={start} style={style}>
      {children}
    </ol>
  );
}

function Inlines({ pieces }: { pieces: readonly JsonObject[] }): ReactNode {
  return <Each of={pieces}>{(piece) => <Styled piece={piece} />}</Each>;
}

function Styled({ piece }: { piece: JsonObject }): ReactNode {
  const style = objectAt(piece['style']);
  let drawn: ReactNode = <Inline piece={piece} />;
  if (style['code'] === true) drawn = <code>{drawn}</code>;
  if (style['bold'] === true) drawn = <strong>{drawn}</strong>;
  if (style['italic'] === true) drawn = <em>{drawn}</em>;
  if (style['strike'] === true) drawn = <s>{drawn}</s>;
  if (style['underline'] === true) drawn = <u>{drawn}</u>;
  return style['highlight'] === true ? <mark>{drawn}</mark> : drawn;
}

function Inline({ piece }: { piece: JsonObject }): ReactNode {
  switch (piece['type']) {
    case 'text':
      return <span className="typed">{textAt(piece['text'])}</span>;
    case 'link':
      return (
        <OutsideLink url={textAt(piece['url'])}>{textAt(piece['text']) || textAt(piece['url'])}</OutsideLink>
      );
    case 'user':
      return <Mention id={textAt(piece['user_id'])} />;
    case 'channel':
      return <ChannelMention id={textAt(piece['channel_id'])} />;
    case 'usergroup':
      return <span className="mention">@{textAt(piece['usergroup_id'])}</span>;
    case 'team':
      return <span className="mention">@{textAt(piece['team_id'])}</span>;
    case 'broadcast':
      return <span className="mention">@{textAt(piece['range'])}</span>;
    case 'emoji':
      return emojiCharacter(textAt(piece['name']));
    case 'date':
      return (
        <When
          seconds={Number(piece['timestamp'])}
          format={textAt(piece['format'])}
          url={textAt(piece['url'])}
          fallback={textAt(piece['fallback'])}
        />
      );
    case 'color':
      return <Colour value={textAt(piece['value'])} />;
    default:
      return <code>{JSON.stringify(piece)}</code>;
  }
}

function Colour({ value }: { value: string }): ReactNode {
  return (
    <span className="colour">
      <span className="colour-swatch" style={{ backgroundColor: value }} aria-hidden="true" />
      {value}
    </span>
  );
}
