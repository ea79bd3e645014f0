/** How do files get into a form? */
import { type ReactNode, useId, useRef } from 'react';
import { type JsonObject, objectsAt, textAt } from '../../server/json.ts';
import type { Placed } from '../blocks/surface.ts';
import { fileSize } from '../conversation/file-size.ts';
import { Icon } from '../shell/icons.tsx';
import { say } from '../shell/notices.ts';
import { labelAttributes, useFieldLabels } from './field-context.ts';
import { useField } from './use-draft.ts';

/** A file that is stored already, or one that comes along. */
type Given = JsonObject | { name: string; base64: string; size: number };

/** A `file_input`. */
export function FileField({ placed }: { placed: Placed }): ReactNode {
  const { value, choose } = useField<Given[]>(placed);
  const labels = useFieldLabels();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const files = objectsAt(value);
  const most = Number(placed.element['max_files'] ?? 10);
  const types = Array.isArray(placed.element['filetypes']) ? placed.element['filetypes'].map(String) : [];

  const add = async (list: FileList | null): Promise<void> => {
    const taken = [...(list ?? [])].filter((file) => fits(file, types));
    if (taken.length < (list?.length ?? 0)) say(`This field takes ${types.join(', ')} files.`, 'trouble');
    const fresh = await Promise.all(taken.map(readFile));
    const all = [...files, ...fresh];
    if (all.length > most) say(`No more than ${most} ${most === 1 ? 'file' : 'files'} here.`, 'trouble');
    if (fresh.length > 0) await choose(all.slice(0, most));
  };
  return (
    <div className="file-field">
      <ul>
        {files.map((file, index) => (
          <li key={textAt(file['id']) || `${index}`}>
            <Icon name="file" />
            <span>{textAt(file['name'])}</span>
            <small>{fileSize(Number(file['size'] ?? 0))}</small>
            <button
              type="button"
              className="icon-button"
              aria-label={`Remove ${textAt(file['name'])}`}
              onClick={() => void choose(files.filter((other) => other !== file))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <input
        ref={input}
        id={labels.id ?? id}
        type="file"
        className="file-input"
        multiple={most > 1}
        accept={types.map((type) => `.${type}`).join(',')}
        {...labelAttributes(labels)}
        onChange={(event) => {
          void add(event.target.files);
          event.target.value = '';
        }}
      />
    </div>
  );
}

function fits(file: File, types: readonly string[]): boolean {
  const extension = (file.name.split('.').at(-1) ?? '').toLowerCase();
  return types.length === 0 || types.includes(extension) || (extension === 'jpg' && types.includes('jpeg'));
}

async function readFile(file: File): Promise<{ name: string; base64: string; size: number }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { name: file.name, base64: btoa(binary), size: file.size };
}
