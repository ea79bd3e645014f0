/** Where does a picture come from, and what is said when it does not come? */
import { type ReactNode, useState } from 'react';
import { type JsonObject, objectAt, textAt } from '../../server/json.ts';
import { useReader } from '../text/reader.ts';

/** A small picture beside text. */
export function ImageElement({ element }: { element: JsonObject }): ReactNode {
  return <Picture of={element} className="image-element" />;
}

/** A picture of a block or element, by address or as a file of the workspace. */
export function Picture({ of, className }: { of: JsonObject; className: string }): ReactNode {
  const { teamId } = useReader();
  const [broken, setBroken] = useState(false);
  const alt = textAt(of['alt_text']);
  const source = pictureSource(of, teamId);
  if (broken || source === '')
    return <span className={`${className} picture-missing`}>{alt || 'Picture'}</span>;
  return <img className={className} src={source} alt={alt} loading="lazy" onError={() => setBroken(true)} />;
}

function pictureSource(of: JsonObject, teamId: string): string {
  const file = objectAt(of['slack_file']);
  const id = textAt(file['id']);
  if (id !== '') return `/files-pri/${teamId}-${id}/picture`;
  return fromHere(textAt(file['url']) || textAt(of['image_url']));
}

/** Files of the workspace come from where the page comes from, by whatever name this machine was called. */
export function fromHere(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname.startsWith('/files-pri/') ? `${pathname}${search}` : url;
}
