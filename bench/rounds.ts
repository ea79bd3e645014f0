/** In which order are two things measured, so that neither gets the better moments? */

/** One of the two in one round. */
export type Side = 'floor' | 'subject';

/**
 * Runs both sides in every round, the other one first in every second round.
 *
 * @returns what each side gave, one entry per round
 */
export async function inTurns<Result>(
  rounds: number,
  run: (side: Side, round: number) => Promise<Result> | Result,
): Promise<{ readonly floor: Result[]; readonly subject: Result[] }> {
  const results = { floor: [] as Result[], subject: [] as Result[] };
  for (let round = 0; round < rounds; round += 1) {
    const order: readonly Side[] = round % 2 === 0 ? ['floor', 'subject'] : ['subject', 'floor'];
    for (const side of order) results[side].push(await run(side, round));
  }
  return results;
}
