/** Where are the values somebody hands in by request looked at? */
import type { HttpAnswer, HttpRequest } from '../../http/route.ts';
import type { Parts } from '../feature.ts';
import { authorise } from './authorise.ts';
import { readBody } from './body.ts';
import { takeRequest } from './take-request.ts';

/** Text of up to this length is looked at at once: about five hundred rows. */
const SMALL_TEXT = 64_000;

/** `POST /api/v1/observations`: every row is taken, set aside or rejected, each with its own sentence. */
export async function takeObservations(parts: Parts, request: HttpRequest): Promise<HttpAnswer> {
  const token = await authorise(parts, request);
  const body = await readBody(request);
  const asked = { token, ...body, atomic: request.query.get('atomic') === 'true' };
  return body.text.length > SMALL_TEXT && parts.longWork !== null
    ? parts.longWork.takeRequest(asked)
    : takeRequest(parts, asked);
}
