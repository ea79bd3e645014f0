/** How do instants read in the zone of the person who looks? */

/** Hours and minutes, such as `09:05`. */
export function clockTime(instant: number, tz: string): string {
  return formatter(tz, 'time').format(instant);
}

/** A day for a divider: `Today`, `Yesterday`, or `Monday, 5 January`. */
export function dayName(instant: number, tz: string, now: number): string {
  const day = dayOf(instant, tz);
  if (day === dayOf(now, tz)) return 'Today';
  if (day === dayOf(now - 86_400_000, tz)) return 'Yesterday';
  const sameYear = day.slice(0, 4) === dayOf(now, tz).slice(0, 4);
  return formatter(tz, sameYear ? 'day' : 'dayWithYear').format(instant);
}

/** A day and a time, such as `Mon, 5 Jan 2026, 09:05`. */
export function dayAndTime(instant: number, tz: string): string {
  return formatter(tz, 'dayAndTime').format(instant);
}

/** A calendar day such as `2026-01-05`. */
export function dayOf(instant: number, tz: string): string {
  return formatter(tz, 'iso').format(instant);
}

/** A zone's city, such as `New York`. */
export function cityOf(tz: string): string {
  return (tz.split('/').at(-1) ?? tz).replaceAll('_', ' ');
}

/** Epoch milliseconds of a wall-clock day and time in a zone; times that clocks jump over count as after the jump. */
export function instantOf(day: string, time: string, tz: string): number {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const first = wall - offsetAt(wall, tz);
  return wall - offsetAt(first, tz);
}

function offsetAt(instant: number, tz: string): number {
  const wall = Date.parse(`${dayOf(instant, tz)}T${clockTime(instant, tz)}:00Z`);
  return wall - Math.floor(instant / 60_000) * 60_000;
}

const formats = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  dayWithYear: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  dayAndTime: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  iso: { year: 'numeric', month: '2-digit', day: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const made = new Map<string, Intl.DateTimeFormat>();

// Making a formatter costs far more than using it, and a long list uses it for every line.
function formatter(tz: string, kind: keyof typeof formats): Intl.DateTimeFormat {
  const key = `${tz} ${kind}`;
  const existing = made.get(key);
  if (existing !== undefined) return existing;
  const locale = kind === 'iso' ? 'en-CA' : 'en-GB';
  const fresh = new Intl.DateTimeFormat(locale, { ...formats[kind], timeZone: tz });
  made.set(key, fresh);
  return fresh;
}
