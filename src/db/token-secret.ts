/** How is a token made, and how is one checked without keeping its secret? */
import { createHash, timingSafeEqual } from 'node:crypto';

/** A new token: what its holder keeps, and what we keep. */
export interface NewToken {
  /** `pin_<id>_<secret>`, shown once. */
  readonly text: string;
  readonly id: string;
  readonly digest: string;
}

/**
 * Makes a token.
 *
 * @param idBytes 8 random bytes
 * @param secretBytes 32 random bytes
 */
export function newToken(idBytes: Uint8Array, secretBytes: Uint8Array): NewToken {
  const id = Buffer.from(idBytes).toString('hex');
  const secret = Buffer.from(secretBytes).toString('base64url');
  return { id, text: `pin_${id}_${secret}`, digest: digestOf(secret) };
}

/** The id and secret of a token as it was sent, or null when it has not the shape of one. */
export function readToken(text: string): { readonly id: string; readonly secret: string } | null {
  const parts = /^pin_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/.exec(text);
  return parts?.[1] === undefined || parts[2] === undefined ? null : { id: parts[1], secret: parts[2] };
}

/** What is compared for an id nobody has, so that guessing ids takes as long as guessing secrets. */
const NOBODY = digestOf('');

/** Whether a secret belongs to a kept digest; takes the same time whatever the answer, also without a digest. */
export function secretFits(secret: string, digest: string | null): boolean {
  const same = timingSafeEqual(Buffer.from(digestOf(secret), 'hex'), Buffer.from(digest ?? NOBODY, 'hex'));
  return same && digest !== null;
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}
