/** Which address does a request name? */
import type { IncomingMessage } from 'node:http';

const HOME = 'http://localhost/';

/** The address of a request on this machine. What is no address is taken for the first page, and no harm is done. */
export const addressOf = ({ url }: Pick<IncomingMessage, 'url'>): URL =>
  (url?.startsWith('/') === true ? URL.parse(`http://localhost${url}`) : null) ?? new URL(HOME);
