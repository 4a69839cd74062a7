import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { Problem } from '../../shared/problem.js';

/**
 * The bytes of a file, unpacked when they start with gzip's magic number (whatever the file is called).
 * Throws `file.gzip` while reading when the packed stream is damaged or cut off. Memory: one chunk.
 */
export async function* unpack(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  let start: Uint8Array = new Uint8Array(0);
  let ended = false;
  while (start.length < 2 && !ended) {
    const next = await source.next();
    if (next.done) ended = true;
    else start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (start.length > 0) yield start;
      while (!ended) {
        const next = await source.next();
        if (next.done) ended = true;
        else yield next.value;
      }
    } finally {
      await source.return?.();
    }
  }
  if (start[0] === 0x1f && start[1] === 0x8b) yield* gunzip(all());
  else yield* all();
}

async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = Readable.from(packed, { objectMode: false });
  const unzip = createGunzip();
  let inputFault: Error | null = null;
  input.on('error', (fault) => {
    inputFault = fault;
    unzip.destroy(fault);
  });
  try {
    for await (const chunk of input.pipe(unzip)) yield chunk as Uint8Array;
  } catch (fault) {
    if (inputFault !== null) throw inputFault as Error;
    const code = (fault as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('Z_')) throw new Problem('file.gzip', 422);
    throw fault;
  } finally {
    input.destroy();
    unzip.destroy();
  }
}

/**
 * Text of a byte stream that must be UTF-8; a byte order mark is dropped. Throws `file.encoding` at the first byte that is
 * not UTF-8 (windows-1251, UTF-16 with its mark) or at a zero byte (UTF-16 without one; no text has it), `file.empty` when
 * there is nothing at all.
 */
export async function* decodeUtf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let empty = true;
  for await (const chunk of bytes) {
    if (chunk.length > 0) empty = false;
    const text = decodeOrRefuse(() => decoder.decode(chunk, { stream: true }));
    if (text.length > 0) yield text;
  }
  if (empty) throw new Problem('file.empty', 422);
  const rest = decodeOrRefuse(() => decoder.decode());
  if (rest.length > 0) yield rest;
}

function decodeOrRefuse(decode: () => string): string {
  let text: string;
  try {
    text = decode();
  } catch {
    throw new Problem('file.encoding', 422);
  }
  if (text.includes('\0')) throw new Problem('file.encoding', 422);
  return text;
}

/** The whole of a small file (a page, a JSON-LD file), unpacked. Throws `file.too_large` past `maxBytes` without keeping more. */
export async function readWhole(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  async function* capped(): AsyncGenerator<Uint8Array> {
    let total = 0;
    for await (const chunk of unpack(bytes)) {
      total += chunk.length;
      if (total > maxBytes)
        throw new Problem('file.too_large', 413, { maxMegabytes: Math.round(maxBytes / 1_048_576) });
      yield chunk;
    }
  }
  let text = '';
  for await (const part of decodeUtf8(capped())) text += part;
  if (text.trim() === '') throw new Problem('file.empty', 422);
  return text;
}

/**
 * Looks at the start of a stream without losing it: `head` is up to `headBytes` of it, unpacked and read leniently as UTF-8
 * (for `Connector.recognises`); `bytes` is the whole unpacked stream again, to be read once.
 */
export async function peekHead(
  bytes: AsyncIterable<Uint8Array>,
  headBytes = 65_536,
): Promise<{ head: string; bytes: AsyncGenerator<Uint8Array> }> {
  const unpacked = unpack(bytes);
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < headBytes) {
    const next = await unpacked.next();
    if (next.done) break;
    first.push(next.value);
    length += next.value.length;
  }
  async function* again(): AsyncGenerator<Uint8Array> {
    yield* first;
    yield* unpacked;
  }
  const head = new TextDecoder('utf-8').decode(Buffer.concat(first).subarray(0, headBytes));
  return { head, bytes: again() };
}

/** The same bytes; an abort of the signal ends the wait for more of them with the signal's reason. */
export async function* untilAborted(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const parts = bytes[Symbol.asyncIterator]();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  aborted.catch(() => undefined);
  try {
    signal.throwIfAborted();
    for (;;) {
      const next = await Promise.race([parts.next(), aborted]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Not waited for: what is being read may never come.
    void parts.return?.(undefined)?.catch(() => undefined);
  }
}
