/** How is a group of blocks with a title drawn? */
import type { ComponentType, ReactNode } from 'react';
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '../../server/json.ts';
import { Picture } from '../elements/image-element.tsx';
import { RichText } from '../text/rich-text.tsx';
import { PlainText, TextObject } from '../text/words.tsx';

export interface ContainerProps {
  block: JsonObject;
  /** What draws the blocks inside. */
  Child: ComponentType<{ block: JsonObject }>;
}

/** A `container` block; it folds where the app allows that. */
export function ContainerBlock({ block, Child }: ContainerProps): ReactNode {
  const head = (
    <>
      {isObject(block['icon']) && <Picture of={block['icon']} className="image-element" />}
      <span className="container-title">
        {isObject(block['rich_text_title']) ? (
          <RichText elements={objectsAt(block['rich_text_title']['elements'])} />
        ) : (
          <PlainText text={textAt(objectAt(block['title'])['text'])} />
        )}
        {block['subtitle'] !== undefined && (
          <small>
            <TextObject text={block['subtitle']} />
          </small>
        )}
      </span>
    </>
  );
  const children = objectsAt(block['child_blocks']).map((child, index) => (
    <Child key={textAt(child['block_id']) || index} block={child} />
  ));
  if (block['is_collapsible'] !== true) {
    return (
      <div className="block-container">
        <div className="container-head">{head}</div>
        <div className="blocks">{children}</div>
      </div>
    );
  }
  return (
    <details className="block-container" open={block['default_collapsed'] !== true}>
      <summary className="container-head">{head}</summary>
      <div className="blocks">{children}</div>
    </details>
  );
}
