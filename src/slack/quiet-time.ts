/** When does Slack hold messages back from somebody? */

/** A time of do-not-disturb, epoch ms. One in the past holds nothing back. */
export interface QuietTime {
  readonly from: number;
  readonly until: number;
}

/** Reads how Slack tells of do-not-disturb; null without any, and for what cannot be read. */
export function readQuietTime(status: Readonly<Record<string, unknown>>): QuietTime | null {
  const from = Number(status['next_dnd_start_ts']) * 1000;
  const until = Number(status['next_dnd_end_ts']) * 1000;
  return status['dnd_enabled'] === true && until > from ? { from, until } : null;
}
