/** How are tables drawn? */
import { type CSSProperties, type ReactNode, useState } from 'react';
import { type JsonObject, objectsAt, textAt } from '../../server/json.ts';
import { Each } from '../text/each.tsx';
import { emojiText } from '../text/emoji.ts';
import { RichText } from '../text/rich-text.tsx';

/** A `table`, or a `data_table` with its caption and pages. */
export function TableBlock({ block }: { block: JsonObject }): ReactNode {
  const [page, setPage] = useState(0);
  const rows = Array.isArray(block['rows']) ? block['rows'].map(objectsAt) : [];
  const [head = [], ...body] = rows;
  const isData = block['type'] === 'data_table';
  const size = isData ? Number(block['page_size'] ?? 5) : body.length;
  const pages = Math.max(1, Math.ceil(body.length / Math.max(1, size)));
  const shown = body.slice(page * size, page * size + size);
  const settings = objectsAt(block['column_settings']);
  const names = isData ? Number(block['row_header_column_index'] ?? -1) : -1;
  const styleOf = (column: number): CSSProperties => ({
    textAlign: (textAt(settings[column]?.['align']) || alignByCell(body[0]?.[column])) as
      | 'left'
      | 'center'
      | 'right',
    ...(settings[column]?.['is_wrapped'] === true ? { whiteSpace: 'normal' } : {}),
  });
  return (
    <div className="block-table">
      {/* A table may be wider than the message: it is moved with the arrow keys, so it takes the focus. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section className="table-scroll" aria-label={textAt(block['caption']) || 'Table'} tabIndex={0}>
        <table>
          {isData && <caption>{textAt(block['caption'])}</caption>}
          <thead>
            <tr>
              <Each of={head}>
                {(cell, column) => (
                  <th scope="col" style={styleOf(column)}>
                    <Cell cell={cell} />
                  </th>
                )}
              </Each>
            </tr>
          </thead>
          <tbody>
            <Each of={shown}>
              {(row) => (
                <tr>
                  <Each of={row}>
                    {(cell, column) =>
                      column === names ? (
                        <th scope="row" style={styleOf(column)}>
                          <Cell cell={cell} />
                        </th>
                      ) : (
                        <td style={styleOf(column)}>
                          <Cell cell={cell} />
                        </td>
                      )
                    }
                  </Each>
                </tr>
              )}
            </Each>
          </tbody>
        </table>
      </section>
      {pages > 1 && <Pages page={page} pages={pages} onPage={setPage} />}
    </div>
  );
}

function Pages({
  page,
  pages,
  onPage,
}: {
  page: number;
  pages: number;
  onPage(page: number): void;
}): ReactNode {
  return (
    <div className="table-pages">
      <button type="button" className="button small" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Before
      </button>
      <span aria-live="polite">
        Page {page + 1} of {pages}
      </span>
      <button
        type="button"
        className="button small"
        disabled={page === pages - 1}
        onClick={() => onPage(page + 1)}
      >
        Next
      </button>
    </div>
  );
}

function Cell({ cell }: { cell: JsonObject }): ReactNode {
  if (cell['type'] === 'rich_text') return <RichText elements={objectsAt(cell['elements'])} />;
  return emojiText(textAt(cell['text']));
}

function alignByCell(cell: JsonObject | undefined): string {
  return cell?.['type'] === 'raw_number' ? 'right' : 'left';
}
