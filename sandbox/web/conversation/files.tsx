/** How are the files of a message shown? */
import type { ReactNode } from 'react';
import { type JsonObject, textAt } from '../../server/json.ts';
import { fromHere } from '../elements/image-element.tsx';
import { Icon } from '../shell/icons.tsx';
import { fileSize } from './file-size.ts';

/** Pictures as pictures, everything else as a card to open. */
export function Files({ files }: { files: readonly JsonObject[] }): ReactNode {
  if (files.length === 0) return null;
  return (
    <ul className="files">
      {files.map((file, index) => (
        <li key={textAt(file['id']) || index}>
          {isPicture(file) ? <PictureFile file={file} /> : <FileCard file={file} />}
        </li>
      ))}
    </ul>
  );
}

function PictureFile({ file }: { file: JsonObject }): ReactNode {
  const name = textAt(file['title']) || textAt(file['name']);
  const url = fromHere(textAt(file['url_private']));
  return (
    <figure className="block-image">
      <figcaption>{name}</figcaption>
      <a href={url} target="_blank" rel="noreferrer" aria-label={`Open ${name}`}>
        <img className="picture" src={url} alt={textAt(file['alt_txt']) || name} loading="lazy" />
      </a>
    </figure>
  );
}

function FileCard({ file }: { file: JsonObject }): ReactNode {
  const name = textAt(file['name']);
  return (
    <a className="file-card" href={fromHere(textAt(file['url_private_download']))} download={name}>
      <Icon name="file" />
      <span>
        <span className="file-name">{textAt(file['title']) || name}</span>
        <small>
          {textAt(file['pretty_type'])} · {fileSize(Number(file['size'] ?? 0))}
        </small>
      </span>
    </a>
  );
}

function isPicture(file: JsonObject): boolean {
  return textAt(file['mimetype']).startsWith('image/');
}
