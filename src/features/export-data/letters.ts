/** What does somebody read who has asked for an export? */
import { z } from 'zod';
import { message, sentence } from '../../slack/blocks.ts';
import { bold } from '../../slack/text.ts';
import type { Letter } from '../feature.ts';

/** What was asked for, and by whom. */
export const exportOrder = z.object({
  by: z.string(),
  /** The id of the one pilot, or null for all they may see. */
  pilot: z.string().nullable(),
  format: z.enum(['json', 'csv']),
});
export type ExportOrder = z.infer<typeof exportOrder>;

const announced = exportOrder.extend({ what: z.string() });

/** Stands above the file. */
export const exportLetter: Letter = {
  kind: 'export',
  repeat: 'at_most_once',
  card: false,
  async draw(_moment, about) {
    const details = announced.safeParse(about.details);
    if (!details.success) return { overtaken: 'it is not known any more' };
    const { what, format } = details.data;
    const kind = format === 'json' ? 'one JSON document' : 'a CSV file for each kind of record';
    return {
      message: message({
        notice: `Your export: ${what}. The file follows in the thread.`,
        lines: [
          [bold(`Your export: ${what}`)],
          `What you may see of charters, numbers with their corrections, check-ins, blockers and the history: ${kind}, packed in a ZIP file.`,
          'The file follows in the thread. Whoever you give it to can read all of it.',
        ],
      }),
    };
  },
};

const failed = z.object({ why: z.string() });

/** Says why there is no file after all. */
export const failureLetter: Letter = {
  kind: 'export-failed',
  repeat: 'at_most_once',
  card: false,
  async draw(_moment, about) {
    const details = failed.safeParse(about.details);
    if (!details.success) return { overtaken: 'it is not known any more' };
    return { message: sentence(details.data.why) };
  },
};
