/** How does a file of ours get into Slack? Its bytes go to an address Slack names, then it is shared. */
import { classifyNetwork, type Outcome } from './outcome.ts';

/** A file, and where it is to be shared. */
export interface OutgoingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly channel: string;
  /** Of the message it belongs under. */
  readonly thread: string;
}

/** Calls a method of the Web API, as the courier does. */
type Call = <T>(
  method: string,
  options: Record<string, unknown>,
  read: (answer: Record<string, unknown>) => T,
) => Promise<Outcome<T>>;

const PATIENCE_MS = 120_000;

/**
 * Uploads and shares a file. Slack shares it after it has answered, so there is no message to remember.
 *
 * `ambiguous` only when sharing may have happened; bytes that were sent and not shared are seen by nobody.
 */
export async function upload(call: Call, send: typeof fetch, file: OutgoingFile): Promise<Outcome<null>> {
  const { name, bytes, channel, thread } = file;
  const place = await call(
    'files.getUploadURLExternal',
    { filename: name, length: bytes.length },
    (answer) => ({
      url: String(answer['upload_url']),
      id: String(answer['file_id']),
    }),
  );
  if (place.kind !== 'done') return place;
  try {
    const answer = await send(place.value.url, {
      method: 'POST',
      // A view on memory that may be shared with other threads is not taken as a body.
      body: new Uint8Array(bytes),
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    });
    await answer.body?.cancel();
    if (!answer.ok) return { kind: 'later', code: `upload_${answer.status}`, afterMs: 30_000 };
  } catch (error) {
    const outcome = classifyNetwork(error);
    return { kind: 'later', code: 'code' in outcome ? outcome.code : 'upload', afterMs: 30_000 };
  }
  return call(
    'files.completeUploadExternal',
    { files: [{ id: place.value.id, title: name }], channel_id: channel, thread_ts: thread },
    () => null,
  );
}
