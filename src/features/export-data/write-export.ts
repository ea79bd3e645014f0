/** What do the files of an export say? The same rows give the same bytes. */
import { csvRow } from '../../core/csv-text.ts';
import { canonicalText, type Json } from '../../core/logbook.ts';
import { type CountingValue, countingValues, type ExportScope, exportPages } from '../../db/export.ts';
import type { Snapshot } from '../../db/snapshot.ts';
import type { ExportFormat } from '../export-task.ts';

/** A piece of a file. The pieces of one file follow one another. */
export interface FilePiece {
  readonly file: string;
  readonly text: string;
}

/** The version of what is written below; raised when a reader of it would have to change. */
const VERSION = 1;

/** What an import understands, in the order of `docs/import.md`. */
const VALUE_COLUMNS = [
  'pilot',
  'metric',
  'end',
  'value',
  'num',
  'den',
  'raw',
  'n',
  'unit',
  'source',
  'evidence',
  'key',
] as const;

/** The files of an export, piece by piece, so that none is ever held whole. */
export function writeExport(
  from: Snapshot,
  scope: ExportScope,
  format: ExportFormat,
): AsyncGenerator<FilePiece> {
  return format === 'json' ? writeJson(from, scope) : writeCsv(from, scope);
}

/** One record a line, so that two exports can be compared line by line. */
async function* writeJson(from: Snapshot, scope: ExportScope): AsyncGenerator<FilePiece> {
  const file = 'pilotage.json';
  yield { file, text: `{"pilotage_export":${VERSION}` };
  let open: string | null = null;
  let isFirst = true;
  for await (const { set, fields, records } of exportPages(from, scope)) {
    let text = '';
    if (set !== open) {
      text = `${open === null ? '' : '\n]'},\n${JSON.stringify(set)}:[`;
      open = set;
      isFirst = true;
    }
    for (const record of records) {
      text += `${isFirst ? '' : ','}\n${JSON.stringify(Object.fromEntries(fields.map((field, at) => [field, record[at]])))}`;
      isFirst = false;
    }
    yield { file, text };
  }
  yield { file, text: `${open === null ? '' : '\n]'}\n}\n` };
}

async function* writeCsv(from: Snapshot, scope: ExportScope): AsyncGenerator<FilePiece> {
  let open: string | null = null;
  for await (const { set, fields, records } of exportPages(from, scope)) {
    const file = `${set.replaceAll('_', '-')}.csv`;
    const head = set === open ? '' : csvRow(fields);
    open = set;
    yield { file, text: head + records.map((record) => csvRow(record.map(cell))).join('') };
  }
  const file = 'values.csv';
  yield { file, text: csvRow(VALUE_COLUMNS) };
  for await (const values of countingValues(from, scope))
    yield { file, text: values.map((value) => csvRow(valueCells(value))).join('') };
}

const cell = (value: Json): string | number | boolean | null =>
  value === null || typeof value !== 'object' ? value : canonicalText(value);

/** A value as a file for an import says it: the system it came from only where there was one, or it would be trusted more. */
function valueCells(row: CountingValue): (string | number | null)[] {
  const raw = Array.isArray(row.raw) ? row.raw.map(String).join('|') : null;
  return [
    row.pilot,
    row.metric,
    row.periodEnd,
    row.value,
    row.num,
    row.den,
    raw,
    row.n,
    row.unit,
    row.trust >= 2 ? row.source : null,
    row.evidence,
    row.ingestKey,
  ];
}
