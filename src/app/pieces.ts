/** How do the bytes of a file get from one thread to another? */

/** As much of a file as is handed over at once. Most rows of so little are forgotten before they are counted as lasting. */
const PIECE = 1 << 15;

/**
 * The bytes again, in pieces of one size that are arrays of their own: such a piece can be handed over.
 */
export async function* piecesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(PIECE);
  let filled = 0;
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + PIECE - filled);
      piece.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled < PIECE) continue;
      yield piece;
      piece = new Uint8Array(PIECE);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.slice(0, filled);
}
