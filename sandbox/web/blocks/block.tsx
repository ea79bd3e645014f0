/** Which component draws which block of Block Kit? */
import { Component, lazy, memo, type ReactNode, Suspense } from 'react';
import { type JsonObject, objectAt, objectsAt, textAt } from '../../server/json.ts';
import { Element } from '../elements/element.tsx';
import { ImageElement, Picture } from '../elements/image-element.tsx';
import { Each } from '../text/each.tsx';
import { RichText } from '../text/rich-text.tsx';
import { MarkedText, PlainText, TextObject } from '../text/words.tsx';
import { InputBlock } from './input-block.tsx';
import { SectionBlock } from './section-block.tsx';
import { UnknownBox } from './unknown-box.tsx';

type Drawing = (props: { block: JsonObject }) => ReactNode;

const TableBlock = lazy(() => import('./table-block.tsx').then((module) => ({ default: module.TableBlock })));
const CardBlock = lazy(() => import('./card-block.tsx').then((module) => ({ default: module.CardBlock })));
const CarouselBlock = lazy(() =>
  import('./card-block.tsx').then((module) => ({ default: module.CarouselBlock })),
);
const ContainerBlock = lazy(() =>
  import('./container-block.tsx').then((module) => ({ default: module.ContainerBlock })),
);
const BorrowedBlock = lazy(() =>
  import('./borrowed-block.tsx').then((module) => ({ default: module.BorrowedBlock })),
);

const drawings: Record<string, Drawing> = {
  section: SectionBlock,
  input: InputBlock,
  actions: ElementsBlock,
  context_actions: ElementsBlock,
  context: ContextBlock,
  divider: () => <hr className="block-divider" />,
  header: HeaderBlock,
  image: ImageBlock,
  rich_text: ({ block }) => <RichText elements={objectsAt(block['elements'])} />,
  table: TableBlock,
  data_table: TableBlock,
  card: CardBlock,
  carousel: CarouselBlock,
  container: ({ block }) => <ContainerBlock block={block} Child={Block} />,
  alert: AlertBlock,
  // What is only looked at and rarely met comes from slack-blocks-to-jsx, which is fetched when it is needed.
  markdown: BorrowedBlock,
  video: BorrowedBlock,
  plan: BorrowedBlock,
  task_card: BorrowedBlock,
  data_visualization: BorrowedBlock,
};

/** The blocks of a message, modal or Home, from top to bottom. */
export const Blocks = memo(function Blocks({ blocks }: { blocks: readonly JsonObject[] }): ReactNode {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <Block key={textAt(block['block_id']) || index} block={block} />
      ))}
    </div>
  );
});

/** One block; one that nobody here knows, or that cannot be drawn, is a labelled box. */
const Block = memo(function Block({ block }: { block: JsonObject }): ReactNode {
  const type = textAt(block['type']);
  const Known = Object.hasOwn(drawings, type) ? drawings[type] : undefined;
  if (Known === undefined) return <UnknownBox what="block" json={block} />;
  return (
    <Guard block={block}>
      <Suspense fallback={<div className="loading-line" />}>
        <Known block={block} />
      </Suspense>
    </Guard>
  );
});

function ElementsBlock({ block }: { block: JsonObject }): ReactNode {
  return (
    <div className="block-actions">
      {objectsAt(block['elements']).map((element, index) => (
        <Element key={textAt(element['action_id']) || index} placed={{ block, element }} />
      ))}
    </div>
  );
}

function ContextBlock({ block }: { block: JsonObject }): ReactNode {
  return (
    <div className="block-context">
      <Each of={objectsAt(block['elements'])}>
        {(element) =>
          element['type'] === 'image' ? (
            <ImageElement element={element} />
          ) : (
            <span>
              <TextObject text={element} />
            </span>
          )
        }
      </Each>
    </div>
  );
}

function HeaderBlock({ block }: { block: JsonObject }): ReactNode {
  return (
    <h3 className="block-header">
      <PlainText text={textAt(objectAt(block['text'])['text'])} />
    </h3>
  );
}

function ImageBlock({ block }: { block: JsonObject }): ReactNode {
  const title = textAt(objectAt(block['title'])['text']);
  return (
    <figure className="block-image">
      {title !== '' && (
        <figcaption>
          <PlainText text={title} />
        </figcaption>
      )}
      <Picture of={block} className="picture" />
    </figure>
  );
}

function AlertBlock({ block }: { block: JsonObject }): ReactNode {
  const level = textAt(block['level']) || 'default';
  return (
    <div className="block-alert" data-level={level} role="note">
      {level !== 'default' && <span className="visually-hidden">{level}: </span>}
      <TextObject text={block['text']} />
    </div>
  );
}

/** Text that stands alone, where a message has no blocks. */
export function TextAlone({ text }: { text: string }): ReactNode {
  return (
    <div className="blocks">
      <MarkedText text={text} />
    </div>
  );
}

/** A block whose drawing fails is shown as what it is; the rest of the page stays. */
class Guard extends Component<{ block: JsonObject; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    const { block, children } = this.props;
    return this.state.failed ? (
      <UnknownBox what="block" json={block} why="This block could not be drawn" />
    ) : (
      children
    );
  }
}
