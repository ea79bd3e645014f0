/** How do files get into a form? */
import { type ReactNode, useId, useState } from 'react';
import { type JsonObject, objectsAt, textAt } from '../../server/json.ts';
import { type Placed, tellsApp, useSurface, valueIn } from '../blocks/surface.ts';
import { fileSize } from '../conversation/file-size.ts';
import { Icon } from '../shell/icons.tsx';
import { say } from '../shell/notices.ts';
import { labelAttributes, useFieldLabels } from './field-context.ts';

/** A `file_input`: what is shown is what the sandbox has stored. */
export function FileField({ placed }: { placed: Placed }): ReactNode {
  const surface = useSurface();
  const labels = useFieldLabels();
  const id = useId();
  const [sending, setSending] = useState(false);
  const files = objectsAt(valueIn(surface, placed));
  const most = Number(placed.element['max_files'] ?? 10);
  const types = Array.isArray(placed.element['filetypes']) ? placed.element['filetypes'].map(String) : [];

  const set = async (value: object[]): Promise<void> => {
    setSending(true);
    if (tellsApp(placed)) await surface.use(placed, { value });
    else {
      surface.enter(placed, value);
      await surface.flush();
    }
    setSending(false);
  };
  const add = async (list: FileList | null): Promise<void> => {
    const given = [...(list ?? [])];
    const taken = given.filter((file) => fits(file, types)).slice(0, most - files.length);
    if (taken.length < given.length) say(limits(most, types), 'trouble');
    if (taken.length > 0) await set([...files.map(stored), ...(await Promise.all(taken.map(readFile)))]);
  };
  return (
    <div className="file-field" aria-busy={sending}>
      <ul>
        {files.map((file) => (
          <li key={textAt(file['id'])}>
            <Icon name="file" />
            <span>{textAt(file['name'])}</span>
            <small>{fileSize(Number(file['size'] ?? 0))}</small>
            <button
              type="button"
              className="icon-button"
              aria-label={`Remove ${textAt(file['name'])}`}
              onClick={() => void set(files.filter((other) => other !== file).map(stored))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {files.length < most && (
        <input
          id={labels.id ?? id}
          type="file"
          className="file-input"
          multiple={most > 1}
          accept={types.map((type) => `.${type}`).join(',')}
          disabled={sending}
          {...labelAttributes(labels)}
          onChange={(event) => {
            const input = event.target;
            void add(input.files)
              .catch((error: unknown) => say(String(error), 'trouble'))
              .finally(() => {
                input.value = '';
              });
          }}
        />
      )}
    </div>
  );
}

function stored(file: JsonObject): object {
  return { id: file['id'] };
}

function limits(most: number, types: readonly string[]): string {
  const kinds = types.length === 0 ? '' : ` of the kind ${types.join(', ')}`;
  return `This field takes ${most === 1 ? 'one file' : `${most} files`}${kinds}.`;
}

function fits(file: File, types: readonly string[]): boolean {
  const extension = (file.name.split('.').at(-1) ?? '').toLowerCase();
  return types.length === 0 || types.includes(extension) || (extension === 'jpg' && types.includes('jpeg'));
}

function readFile(file: File): Promise<object> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error(`${file.name} cannot be read.`));
    reader.onload = () => resolve({ name: file.name, base64: String(reader.result).replace(/^[^,]*,/, '') });
    reader.readAsDataURL(file);
  });
}
