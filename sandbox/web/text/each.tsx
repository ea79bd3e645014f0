/** How are things drawn one after the other whose only identity is where they stand? */
import { Fragment, type ReactNode } from 'react';

/** Draws every item; for lists that are always replaced as a whole, such as the words of a text. */
export function Each<Item>({
  of,
  children: draw,
}: {
  of: readonly Item[];
  children: (item: Item, index: number) => ReactNode;
}): ReactNode {
  return of.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
    <Fragment key={index}>{draw(item, index)}</Fragment>
  ));
}
