/** Who sends this request, and what may they touch? */

import { canSee } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type TokenRow, tokenById, touchToken } from '../../db/queries/tokens.ts';
import { readToken, secretFits } from '../../db/token-secret.ts';
import { HttpProblem, type HttpRequest } from '../../http/route.ts';
import type { Parts } from '../feature.ts';

/** How exact the time of last use is: writing at every request would cost more than it tells. */
const USE_STEP_MS = 60_000;

/**
 * The token of a request.
 *
 * @throws {HttpProblem} 401 without one, or with one that is unknown, expired or revoked; all three read the same
 */
export async function authorise(parts: Parts, request: HttpRequest): Promise<TokenRow> {
  const shown = request.bearer === null ? null : readToken(request.bearer);
  const known = shown === null ? null : await tokenById(parts.db, shown.id);
  const fits = secretFits(shown?.secret ?? '', known?.digest ?? null);
  const now = parts.now();
  const valid =
    known !== null && known.revokedAt === null && (known.expiresAt === null || known.expiresAt > now);
  if (!fits || !valid) {
    throw new HttpProblem(
      401,
      'unauthorised',
      'Send a valid token as "Authorization: Bearer …". pilotage token create makes one.',
      {
        'www-authenticate': 'Bearer',
      },
    );
  }
  if (Math.abs(now - (known.lastUsedAt ?? 0)) > USE_STEP_MS) await touchToken(parts.db, known, now);
  return known;
}

/** A token sees what every full member of the workspace may see; one for a single pilot sees that one, whatever it is. */
export const tokenSees = (token: TokenRow, facts: PilotFacts): boolean =>
  token.pilot === null
    ? canSee(facts.pilot, facts.holders, facts.everAsked, {
        id: '',
        office: false,
        person: { isGuest: false, isExternal: false, isBot: false, isDeactivated: false },
      })
    : token.pilot === facts.pilot.id;
