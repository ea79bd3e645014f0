/** Which names of time zones does this machine know? */
import { isZone } from '../core/schedule.ts';

const MOST = 1000;
const asked = new Map<string, boolean>();

/** As `isZone`, but each name is looked up once: that takes 0.15 ms, and every request asks for the zone of a person. */
export function isKnownZone(name: string): boolean {
  const known = asked.get(name) ?? isZone(name);
  if (asked.size >= MOST) asked.clear();
  asked.set(name, known);
  return known;
}
