/** How are cards and rows of cards drawn? */
import type { ReactNode } from 'react';
import { isObject, type JsonObject, objectsAt, textAt } from '../../server/json.ts';
import { Element } from '../elements/element.tsx';
import { Picture } from '../elements/image-element.tsx';
import { TextObject } from '../text/words.tsx';

const lines = ['title', 'subtitle', 'body', 'subtext'] as const;

/** A `card` block. */
export function CardBlock({ block }: { block: JsonObject }): ReactNode {
  const actions = objectsAt(block['actions']);
  return (
    <div className="block-card">
      {isObject(block['hero_image']) && <Picture of={block['hero_image']} className="card-hero" />}
      <div className="card-words">
        {isObject(block['icon']) && <Picture of={block['icon']} className="image-element" />}
        <div>
          {lines.map(
            (line) =>
              block[line] !== undefined && (
                <p key={line} className={`card-${line}`}>
                  <TextObject text={block[line]} />
                </p>
              ),
          )}
        </div>
      </div>
      {actions.length > 0 && (
        <div className="block-actions">
          {actions.map((element, index) => (
            <Element key={textAt(element['action_id']) || index} placed={{ block, element }} />
          ))}
        </div>
      )}
    </div>
  );
}

/** A `carousel` block. */
export function CarouselBlock({ block }: { block: JsonObject }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="block-carousel" aria-label="Cards" tabIndex={0}>
      {objectsAt(block['elements']).map((card, index) => (
        <CardBlock key={textAt(card['block_id']) || index} block={card} />
      ))}
    </section>
  );
}
