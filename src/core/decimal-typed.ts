/** Which decimal number do these digits, points, commas and spaces stand for? */

/** Why a text is not one number. */
export type QuantityProblem =
  | 'EMPTY'
  | 'AMBIGUOUS'
  | 'NOT_A_NUMBER'
  | 'OTHER_DIGITS'
  | 'TOO_LARGE'
  | 'UNKNOWN_UNIT';

/** A text that is not one number; `readings` are what it could have meant, as decimal text. */
export interface UnreadableQuantity {
  readonly problem: QuantityProblem;
  readonly readings?: readonly string[];
}

const LARGEST_DIGITS = 15;
const SPACED = /^\d{1,3}([' \u2019]\d{3})+([.,]\d+)?$/;
const GROUPED = /^\d{1,3}(,\d{3})+$|^\d{1,3}(\.\d{3})+$/;

/**
 * Decimal text for digits typed with any of the usual separators. Where both point and comma occur the last is the
 * decimal one; one that occurs twice separates thousands; a single comma before three digits can be either and is refused.
 *
 * @example
 * decimalTyped('1.234,50') // '1234.50'
 * decimalTyped('1,234,567') // '1234567'
 * decimalTyped('0,125') // '0.125'
 * decimalTyped('1,234') // { "problem": "AMBIGUOUS", "readings": ["1234", "1.234"] }
 */
export function decimalTyped(text: string): string | UnreadableQuantity {
  if (SPACED.test(text)) return tidy(text.replace(/[' \u2019]/g, '').replace(',', '.'));
  if (/[' \u2019]/.test(text)) return { problem: 'NOT_A_NUMBER' };
  if (/^[1-9]\d{0,2},\d{3}$/.test(text)) {
    return { problem: 'AMBIGUOUS', readings: [text.replace(',', ''), text.replace(',', '.')] };
  }
  const separators = text.replace(/\d/g, '');
  if (separators.length <= 1) return tidy(text.replace(',', '.'));
  if (new Set(separators).size === 1) {
    return GROUPED.test(text) ? tidy(text.replace(/[.,]/g, '')) : { problem: 'NOT_A_NUMBER' };
  }
  const decimal = separators.at(-1) ?? '.';
  const at = text.lastIndexOf(decimal);
  const whole = text.slice(0, at);
  if (!GROUPED.test(whole) || whole.includes(decimal)) return { problem: 'NOT_A_NUMBER' };
  return tidy(`${whole.replace(/[.,]/g, '')}.${text.slice(at + 1)}`);
}

function tidy(text: string): string | UnreadableQuantity {
  if (!/^\d*(\.\d+)?$/.test(text)) return { problem: 'NOT_A_NUMBER' };
  const value = text.replace(/^0+(?=\d)/, '').replace(/^\./, '0.');
  return (value.split('.', 1)[0] ?? '').length > LARGEST_DIGITS ? { problem: 'TOO_LARGE' } : value;
}
