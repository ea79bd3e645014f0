/** What came of something a person did? */
import type { Acknowledgement } from '../delivery/acknowledgement.ts';
import { deliver } from '../delivery/deliver.ts';
import type { JsonObject } from '../json.ts';
import { textAt } from '../json.ts';
import type { Parts } from '../parts.ts';
import { type InstalledApp, notify, type Person } from '../world/workspace.ts';

export interface Acted {
  /** True when the app acknowledged in time and Slack could use the answer. */
  ok: boolean;
  /** Real milliseconds until the app acknowledged. */
  ms: number;
  /** What came with the acknowledgement. */
  answer: unknown;
  /** What Slack showed the person because it went wrong, or null. */
  notice: string | null;
  /** Sentences beside the inputs of a refused form, by block id. */
  errors: Record<string, string>;
  /** The same sentences by the label of the input. */
  errorsByLabel: Record<string, string>;
}

/** What Slack shows when a press or a form did not reach the app. */
export const troubleConnecting = 'We had some trouble connecting. Try again?';

/** An act that needed nobody else. */
export function done(more: Partial<Acted> = {}): Acted {
  return { ok: true, ms: 0, answer: null, notice: null, errors: {}, errorsByLabel: {}, ...more };
}

/** An act that failed, with the sentence the person sees. */
export function troubled(
  parts: Parts,
  person: Person,
  text: string,
  about: string,
  more: Partial<Acted> = {},
): Acted {
  notify(parts.workspace, person.id, text, about);
  return done({ ok: false, notice: text, ...more });
}

/** Sends an interaction to the app; when it does not arrive the person is told. */
export async function interact(
  parts: Parts,
  app: InstalledApp,
  person: Person,
  payload: JsonObject,
  about: string,
): Promise<Acted> {
  if (app.state === 'uninstalled') return troubled(parts, person, troubleConnecting, about);
  const acknowledgement = await deliver(parts, app, 'interactive', textAt(payload['type']), payload);
  return fromAcknowledgement(parts, person, acknowledgement, about);
}

/** An acknowledgement as the outcome of an act. */
function fromAcknowledgement(
  parts: Parts,
  person: Person,
  { ok, ms, body }: Acknowledgement,
  about: string,
): Acted {
  if (!ok) return troubled(parts, person, troubleConnecting, about, { ms });
  return done({ ms, answer: body });
}
