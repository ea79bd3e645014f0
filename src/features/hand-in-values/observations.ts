/** Where are the values somebody hands in by request looked at? */
import { type HttpAnswer, HttpProblem, type HttpRequest } from '../../http/route.ts';
import type { Parts } from '../feature.ts';
import { authorise } from './authorise.ts';
import { readBody } from './body.ts';
import { takeRequest } from './take-request.ts';

/** Text of up to this length is looked at at once: about five hundred rows. */
const SMALL_TEXT = 64_000;

/** `POST /api/v1/observations`: every row is taken, set aside or rejected, each with its own sentence. */
export async function takeObservations(parts: Parts, request: HttpRequest): Promise<HttpAnswer> {
  const token = await authorise(parts, request);
  const atomic = isAtomic(request.query);
  const body = await readBody(request);
  const asked = { token, ...body, atomic };
  return body.text.length > SMALL_TEXT && parts.longWork !== null
    ? parts.longWork.takeRequest(asked)
    : takeRequest(parts, asked);
}

// Who asks for all or nothing and spells it another way must not get the half.
function isAtomic(query: URLSearchParams): boolean {
  const stranger = [...query.keys()].find((name) => name !== 'atomic');
  const words = query.getAll('atomic');
  const isKnown = words.length === 0 || (words.length === 1 && ['true', 'false'].includes(words[0] ?? ''));
  if (stranger === undefined && isKnown) return words[0] === 'true';
  const given = JSON.stringify(stranger ?? `atomic=${words.join('&atomic=')}`);
  throw new HttpProblem(
    400,
    'query',
    `I do not know ${given} behind the "?". Possible are atomic=true and atomic=false. Nothing was taken.`,
  );
}
