/** Which cost of delay does the charter's form ask for, and what is wrong with the one that was typed? */
import type { CharterFields } from '../../core/charter.ts';
import { readDelay } from '../../core/cost-of-delay.ts';
import type { FieldErrors } from '../../slack/form.ts';
import { delayProblemText } from '../../views/delay-text.ts';

/** Both fields as the form has them: null where nothing is written. */
interface Typed {
  readonly delay: string | null;
  readonly delaySource: string | null;
}

/** What the form begins with. */
export const delayShown = ({ delay, delaySource }: CharterFields): Typed => ({
  delay: delay ?? null,
  delaySource: delaySource ?? null,
});

/** What is kept: absent where nothing is written. */
export const delayFields = ({ delay, delaySource }: Typed): Pick<CharterFields, 'delay' | 'delaySource'> => ({
  ...(delay === null ? {} : { delay }),
  ...(delaySource === null ? {} : { delaySource }),
});

/** A cost of delay is a range of money, and somebody stands behind it. */
export function delayProblems({ delay, delaySource }: CharterFields): FieldErrors {
  if (delay === undefined) return {};
  const read = readDelay(delay);
  if ('problem' in read) return { delay: delayProblemText(delay, read.problem) };
  return delaySource === undefined
    ? {
        delaySource:
          'Say who estimates this cost, or leave both empty. Without a name it is shown to nobody.',
      }
    : {};
}
