/** What is a request to the app's own endpoints, and what is an answer? */

/** A request, as a route sees it. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  /** The parts of the path that the route left open, by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly contentType: string;
  /** What stands behind `Bearer` in the Authorization header, or null. */
  readonly bearer: string | null;
  /**
   * Reads the body as text.
   *
   * @param limit the most bytes
   * @throws {HttpProblem} 413 when there are more, 400 when the connection ended in the middle
   */
  text(limit: number): Promise<string>;
}

/** An answer: text is sent as it is, anything else as JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One endpoint. `{name}` in the path leaves a part open. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Asks the limits before the body is read. */
  readonly limited?: boolean;
  run(request: HttpRequest): Promise<HttpAnswer>;
}

/** A request that cannot be served, with the status and one sentence. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    sentence: string,
    headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(sentence, options);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/**
 * The open parts of a path, or null when it is another path.
 *
 * @example
 * matchPath('/api/v1/pilots/{key}', '/api/v1/pilots/churn') // { key: 'churn' }
 */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== text) return null;
      continue;
    }
    const decoded = decodedPart(text);
    if (decoded === null || decoded === '') return null;
    params[name] = decoded;
  }
  return params;
}

function decodedPart(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
