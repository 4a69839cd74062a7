import { Problem } from '../shared/problem.js';

/** Of a file that is read as a stream, packed or not; a feed of a million vacancies is some 1.5 GB. */
export const LARGEST_FILE_BYTES = 4 * 1_024 ** 3;

/** A stream of at most so many bytes. Throws `file.too_large`. */
export async function* atMost(bytes: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.length;
    if (total > mostBytes)
      throw new Problem('file.too_large', 413, { maxMegabytes: Math.max(1, Math.round(mostBytes / 1_048_576)) });
    yield chunk;
  }
}

/** A stream of at least one and at most so many bytes. Throws `file.empty` or `file.too_large`. */
export async function* limited(bytes: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> {
  let empty = true;
  for await (const chunk of atMost(bytes, mostBytes)) {
    empty &&= chunk.length === 0;
    yield chunk;
  }
  if (empty) throw new Problem('file.empty', 422);
}
