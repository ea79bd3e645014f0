/** What does a check of the installation say? */

/**
 * `fine`, a `finding` somebody can mend, `failed` when something the app depends on does not answer, or `skipped` when it
 * could not be looked at.
 */
export interface Finding {
  readonly check:
    | 'node'
    | 'configuration'
    | 'database'
    | 'slack'
    | 'clock'
    | 'scopes'
    | 'do-not-disturb'
    | 'channels';
  readonly state: 'fine' | 'finding' | 'failed' | 'skipped';
  readonly sentence: string;
  /** What to do; null where nothing is to be done. */
  readonly remedy: string | null;
}

/** Makes the findings of one check. */
export function findingsOf(check: Finding['check']) {
  const make =
    (state: Finding['state']) =>
    (sentence: string, remedy: string | null = null): Finding => ({ check, state, sentence, remedy });
  return { fine: make('fine'), finding: make('finding'), failed: make('failed'), skipped: make('skipped') };
}
