/** Which unit is meant by what a person typed, and how is it written beside a number? */

// ISO 4217, the currencies in use.
const CURRENCIES = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF ' +
    'CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL ' +
    'HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD ' +
    'MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG ' +
    'QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD ' +
    'TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG'
  ).split(' '),
);

const WITHOUT_CENTS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));

/** Signs that several currencies share stand for the first one unless another is expected. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  '€': ['EUR'],
  '£': ['GBP'],
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
};

const WORDS: Readonly<Record<string, string>> = {
  '%': 'percent',
  percent: 'percent',
  'per cent': 'percent',
  pct: 'percent',
  pp: 'pp',
  point: 'pp',
  points: 'pp',
  'percentage point': 'pp',
  'percentage points': 'pp',
  ratio: 'ratio',
  ms: 'ms',
  s: 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  min: 'min',
  mins: 'min',
  minute: 'min',
  minutes: 'min',
  h: 'h',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  d: 'd',
  day: 'd',
  days: 'd',
  count: 'count',
  score: 'score',
};

const SHOWN: Readonly<Record<string, { readonly one: string; readonly many: string }>> = {
  percent: { one: '%', many: '%' },
  pp: { one: 'point', many: 'points' },
  s: { one: 'second', many: 'seconds' },
  min: { one: 'minute', many: 'minutes' },
  h: { one: 'hour', many: 'hours' },
  d: { one: 'day', many: 'days' },
  count: { one: '', many: '' },
  score: { one: '', many: '' },
  ratio: { one: '', many: '' },
  bool: { one: '', many: '' },
};

/**
 * The unit a text names, in the spelling everything else uses; null when it names none. A unit that is expected is
 * recognised whatever it is, and a currency without its "per" is taken as the expected one.
 *
 * @example
 * unitNamed('%') // 'percent'
 * unitNamed('hours') // 'h'
 * unitNamed('€/claim') // 'EUR/claim'
 * unitNamed('eur per claim') // 'EUR/claim'
 * unitNamed('€', 'EUR/claim') // 'EUR/claim'
 * unitNamed('tickets') // null
 * unitNamed('tickets', 'tickets') // 'tickets'
 * unitNamed('constructor') // null
 */
export function unitNamed(text: string, expected?: string): string | null {
  const words = text.trim().replace(/\s+/g, ' ');
  if (words === '') return null;
  if (expected !== undefined && words.toLowerCase() === expected.toLowerCase()) return expected;
  const parts = /^([^/]+?) ?(?:\/| per ) ?([^/]+)$/i.exec(words);
  if (parts?.[1] !== undefined && parts[2] !== undefined && own(WORDS, words.toLowerCase()) === undefined) {
    const whole = expected?.split('/');
    const top = unitNamed(parts[1], whole?.[0]) ?? nameOf(parts[1]);
    const bottom = nameOf(parts[2]);
    if (top === null || bottom === null) return null;
    const same = whole?.length === 2 && top === whole[0] && bottom.toLowerCase() === whole[1]?.toLowerCase();
    return same && expected !== undefined ? expected : `${top}/${bottom}`;
  }
  const single = own(WORDS, words.toLowerCase()) ?? currencyNamed(words, currencyOf(expected ?? ''));
  if (single === null) return null;
  return expected !== undefined && currencyOf(expected) === single ? expected : single;
}

/**
 * The currency of a unit, `EUR` for `EUR/case`; null when it is no amount of money.
 *
 * @example
 * currencyOf('EUR/case') // 'EUR'
 * currencyOf('percent') // null
 */
export function currencyOf(unit: string): string | null {
  const top = unit.split('/', 1)[0] ?? '';
  return CURRENCIES.has(top) ? top : null;
}

/**
 * How many decimals an amount of this currency has by custom.
 *
 * @example
 * centsOf('JPY') // 0
 */
export function centsOf(currency: string): number {
  return WITHOUT_CENTS.has(currency) ? 0 : 2;
}

/**
 * Writes a unit around a number that is already text. `per` also names what an amount of money is per.
 *
 * @example
 * withUnit('12.50', 'EUR/case') // '€12.50'
 * withUnit('12.50', 'EUR/case', true) // '€12.50 per case'
 * withUnit('-3', 'percent') // '-3 %'
 * withUnit('1', 'h') // '1 hour'
 * withUnit('31', 'tickets/week') // '31 tickets per week'
 */
export function withUnit(number: string, unit: string, per = false): string {
  const currency = currencyOf(unit);
  if (currency !== null) {
    const sign = Object.keys(SIGNS).find((key) => SIGNS[key]?.[0] === currency);
    const amount =
      sign === undefined
        ? `${currency} ${number}`
        : `${number.startsWith('-') ? '-' : ''}${sign}${number.replace('-', '')}`;
    const of = unit.slice(currency.length + 1);
    return per && of !== '' ? `${amount} per ${of}` : amount;
  }
  const shown = own(SHOWN, unit);
  if (shown === undefined) return `${number} ${unit.replace('/', ' per ')}`;
  const word = number === '1' ? shown.one : shown.many;
  return word === '' ? number : `${number} ${word}`;
}

/** What a table says about a word somebody typed, which may be the name of something every object has. */
const own = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

function currencyNamed(text: string, expected: string | null): string | null {
  const shared = own(SIGNS, text);
  if (shared !== undefined) {
    return expected !== null && shared.includes(expected) ? expected : (shared[0] ?? null);
  }
  const code = text.toUpperCase();
  return CURRENCIES.has(code) ? code : null;
}

function nameOf(text: string): string | null {
  const name = text.trim();
  return /^\p{L}[\p{L} -]{0,39}$/u.test(name) ? name : null;
}
