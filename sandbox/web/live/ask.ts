/** How does the page ask the sandbox for something? */

/** The sandbox understood and said no; the message is a sentence for the person. */
export class NotDone extends Error {
  override readonly name = 'NotDone';
}

/**
 * Asks the control.
 * @param name such as `command` or `page/state`
 * @param fields named fields of the request
 * @throws NotDone with the sandbox's sentence; Error when nothing answers
 */
export async function ask<Answer>(name: string, fields: object = {}): Promise<Answer> {
  const response = await fetch(`/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  }).catch((cause: unknown) => {
    throw new Error('The workspace does not answer. Try again in a moment.', { cause });
  });
  const body = (await response.json()) as { ok: boolean; error?: string; result: Answer };
  if (!body.ok) throw new NotDone(body.error ?? `The sandbox answered ${response.status}.`);
  return body.result;
}

/**
 * Asks the demo around the sandbox, where there is one.
 * @param path below `/demo/`
 * @returns its answer, or null when there is no demo
 */
export async function askDemo<Answer>(path: string, fields?: object): Promise<Answer | null> {
  const response = await fetch(
    `/demo/${path}`,
    fields === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(fields),
        },
  );
  if (response.status === 404) return null;
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new NotDone(sentenceIn(answer) ?? `The demo answered ${response.status}.`);
  return answer as Answer;
}

function sentenceIn(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined;
  return typeof answer.error === 'string' ? answer.error : undefined;
}
