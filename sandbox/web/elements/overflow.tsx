/** How is an overflow menu drawn and used? */
import type { ReactNode } from 'react';
import { objectAt, objectsAt, textAt } from '../../server/json.ts';
import { type Placed, useSurface } from '../blocks/surface.ts';
import { Icon } from '../shell/icons.tsx';
import { PlainText, TextObject } from '../text/words.tsx';
import { useConfirm } from './confirm.tsx';
import { MenuButton } from './menu-button.tsx';

/** An `overflow` menu. */
export function Overflow({ placed }: { placed: Placed }): ReactNode {
  const { element } = placed;
  const surface = useSurface();
  const confirm = useConfirm();
  const entries = objectsAt(element['options']).map((option, index) => {
    const label = textAt(objectAt(option['text'])['text']);
    const url = textAt(option['url']);
    const description = option['description'];
    return {
      key: `${index}`,
      words: <PlainText text={label} />,
      ...(description === undefined ? {} : { hint: <TextObject text={description} /> }),
      run: () =>
        confirm.ask(element, () => {
          if (url !== '') window.open(url, '_blank', 'noopener,noreferrer');
          void surface.use(placed, { label });
        }),
    };
  });
  return (
    <>
      <MenuButton label="More" entries={entries} className="button overflow" busy={surface.isBusy(placed)}>
        <Icon name="more" />
      </MenuButton>
      {confirm.dialog}
    </>
  );
}
