/** How are the older, coloured boxes below a message drawn? */
import type { ReactNode } from 'react';
import { type JsonObject, objectsAt, textAt } from '../../server/json.ts';
import { Blocks } from '../blocks/block.tsx';
import { fromHere } from '../elements/image-element.tsx';
import { Each } from '../text/each.tsx';
import { MarkedText, OutsideLink } from '../text/words.tsx';

/** Attachments of a message. */
export function Attachments({ attachments }: { attachments: readonly JsonObject[] }): ReactNode {
  return <Each of={attachments}>{(attachment) => <Attachment attachment={attachment} />}</Each>;
}

function Attachment({ attachment }: { attachment: JsonObject }): ReactNode {
  const color = textAt(attachment['color']);
  const title = textAt(attachment['title']);
  const link = textAt(attachment['title_link']);
  const blocks = objectsAt(attachment['blocks']);
  const picture = textAt(attachment['image_url']);
  return (
    <>
      {textAt(attachment['pretext']) !== '' && <MarkedText text={textAt(attachment['pretext'])} />}
      <div
        className="attachment"
        style={{ borderInlineStartColor: namedColours[color] ?? (color.startsWith('#') ? color : undefined) }}
      >
        {textAt(attachment['author_name']) !== '' && (
          <p className="attachment-author">{textAt(attachment['author_name'])}</p>
        )}
        {title !== '' && (
          <p className="attachment-title">
            {link === '' ? title : <OutsideLink url={link}>{title}</OutsideLink>}
          </p>
        )}
        {textAt(attachment['text']) !== '' && <MarkedText text={textAt(attachment['text'])} />}
        {objectsAt(attachment['fields']).length > 0 && (
          <dl className="attachment-fields">
            <Each of={objectsAt(attachment['fields'])}>
              {(field) => (
                <div>
                  <dt>{textAt(field['title'])}</dt>
                  <dd>
                    <MarkedText text={String(field['value'] ?? '')} />
                  </dd>
                </div>
              )}
            </Each>
          </dl>
        )}
        {blocks.length > 0 && <Blocks blocks={blocks} />}
        {picture !== '' && (
          <img
            className="picture"
            src={fromHere(picture)}
            alt={textAt(attachment['fallback'])}
            loading="lazy"
          />
        )}
        {textAt(attachment['footer']) !== '' && (
          <p className="attachment-footer">{textAt(attachment['footer'])}</p>
        )}
      </div>
    </>
  );
}

const namedColours: Record<string, string> = { good: '#2e7d4f', warning: '#b98900', danger: '#b3261e' };
