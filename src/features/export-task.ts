/** What is to be handed out, whoever makes the file? */
import type { ExportScope } from '../db/export.ts';

/** One JSON document, or a CSV file for each kind of record. */
export type ExportFormat = 'json' | 'csv';

/** What is handed out, how, and how many bytes it may have. Plain data: another thread may do it. */
export interface ExportTask {
  readonly scope: ExportScope;
  readonly format: ExportFormat;
  readonly limit: number;
}

/** An export has more bytes than it may. */
export class ExportTooLarge extends Error {
  override readonly name = 'ExportTooLarge';
}
