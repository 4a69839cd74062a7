import { Problem } from '../shared/problem.js';

/** A stream of at least one and at most so many bytes. Throws `file.empty` or `file.too_large`. */
export async function* limited(bytes: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.length;
    if (total > mostBytes)
      throw new Problem('file.too_large', 413, { maxMegabytes: Math.round(mostBytes / 1_048_576) });
    yield chunk;
  }
  if (total === 0) throw new Problem('file.empty', 422);
}
