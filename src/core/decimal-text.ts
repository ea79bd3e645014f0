/** How is decimal text rounded, compared and spaced without turning it into a binary number? */

import { Decimal } from 'decimal.js';

/**
 * Plain decimal text rounded to at most `decimals` places, half away from zero, without trailing zeros.
 *
 * @example
 * rounded('1.005', 2) // '1.01'
 * rounded('-0.004', 2) // '0'
 * rounded('99.96', 1) // '100'
 * rounded('12.50', 2) // '12.5'
 */
export function rounded(text: string, decimals: number): string {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  let digits = whole + fraction.slice(0, decimals);
  if (fraction.length > decimals && fraction.charCodeAt(decimals) >= 53) digits = oneMore(digits);
  const places = Math.min(decimals, fraction.length);
  const kept = digits.slice(digits.length - places).replace(/0+$/, '');
  const size = (digits.slice(0, digits.length - places) || '0') + (kept === '' ? '' : `.${kept}`);
  return negative && size !== '0' ? `-${size}` : size;
}

/**
 * -1, 0 or 1 as the first number is below, at or above the second. Doubles decide unless they see no difference.
 *
 * @example
 * compareText('0.30000000000000000001', '0.3') // 1
 */
export function compareText(a: string, b: string): number {
  const apart = Number(a) - Number(b);
  if (apart !== 0 && !Number.isNaN(apart)) return Math.sign(apart);
  return a === b ? 0 : new Decimal(a).cmp(b);
}

/**
 * Decimal text with at least so many decimals, and with groups of three apart by a no-break space from 10 000 on.
 *
 * @example
 * spaced('12.5', 2) // '12.50'
 * spaced('1005', 0) // '1005'
 * spaced('12345', 0) // '12\u00a0345'
 */
export function spaced(text: string, least: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole.startsWith('-') ? whole.length - 1 : whole.length;
  const apart = digits < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  const decimals = fraction.padEnd(least, '0');
  return decimals === '' ? apart : `${apart}.${decimals}`;
}

function oneMore(digits: string): string {
  let at = digits.length - 1;
  while (at >= 0 && digits.charCodeAt(at) === 57) at -= 1;
  const zeros = '0'.repeat(digits.length - 1 - at);
  return at < 0 ? `1${zeros}` : digits.slice(0, at) + String.fromCharCode(digits.charCodeAt(at) + 1) + zeros;
}
