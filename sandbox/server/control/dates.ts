/** How does a date token read in a person's zone? */

const formats: Record<string, Intl.DateTimeFormatOptions> = {
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_pretty: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short_pretty: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long_pretty: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  day_divider_pretty: { weekday: 'long', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

const pretty = new Set(['date_pretty', 'date_short_pretty', 'date_long_pretty', 'day_divider_pretty']);

/**
 * Replaces the tokens of a date format, such as `{date_short} at {time}`.
 * @param seconds epoch seconds
 * @param format text with tokens in braces
 * @param tz IANA zone of the reader
 * @param now epoch milliseconds, for "today" and {ago}
 */
export function formatDate(seconds: number, format: string, tz: string, now: number): string {
  return format.replaceAll(/\{(\w+)\}/g, (token, name: string) => {
    if (name === 'date_num') return isoDate(seconds, tz);
    if (name === 'ago') return ago(now / 1000 - seconds);
    const options = formats[name];
    if (options === undefined) return token;
    const near = pretty.has(name) ? nearDay(seconds, now, tz) : undefined;
    return near ?? new Intl.DateTimeFormat('en-US', { ...options, timeZone: tz }).format(seconds * 1000);
  });
}

function isoDate(seconds: number, tz: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: tz,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(seconds * 1000);
}

function nearDay(seconds: number, now: number, tz: string): string | undefined {
  const day = 86_400;
  const date = isoDate(seconds, tz);
  const nowSeconds = now / 1000;
  if (date === isoDate(nowSeconds, tz)) return 'today';
  if (date === isoDate(nowSeconds - day, tz)) return 'yesterday';
  return date === isoDate(nowSeconds + day, tz) ? 'tomorrow' : undefined;
}

function ago(seconds: number): string {
  const units: [number, string][] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ];
  const [size, name] = units.find(([unit]) => Math.abs(seconds) >= unit) ?? [1, 'second'];
  const count = Math.round(Math.abs(seconds) / size);
  const words = `${count} ${name}${count === 1 ? '' : 's'}`;
  return seconds >= 0 ? `${words} ago` : `in ${words}`;
}
