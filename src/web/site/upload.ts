import busboy from 'busboy';
import type { Request } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../../shared/problem.js';
import { limited } from '../../vacancies/byte-limit.js';

export interface Upload {
  /** As the browser calls it, without its folders. */
  name: string;
  bytes: Buffer;
}

/** What stands around the file in the form: names and boundaries. */
const REST_BYTES = 65_536;

/**
 * The file of a form (`multipart/form-data`), read as it arrives and dropped as soon as it is too large. It is held whole, so
 * that a slow sender holds nothing of the program meanwhile. Errors (422): `file.missing` when no file was chosen, `file.empty`,
 * `file.too_large`, `file.upload_broken` for a form that breaks off.
 */
export async function readUpload(request: Request, field: string, mostBytes: number): Promise<Upload> {
  const tooLarge = new Problem('file.too_large', 422, { maxMegabytes: Math.round(mostBytes / 1_048_576) });
  if (request.is('multipart/form-data') === false || request.readableEnded) throw new Problem('file.missing', 422);
  if (Number(request.get('content-length') ?? 0) > mostBytes + REST_BYTES) {
    request.resume();
    throw tooLarge;
  }
  let upload: Upload | null = null;
  let isTooLarge = false;
  const limits = { fileSize: mostBytes, files: 1, fields: 20, parts: 25, fieldSize: REST_BYTES };
  const form = parser(request, limits);
  form.on('file', (name, stream, { filename }) => {
    // The file breaks off with its form, which says so itself; without a listener it would end the program.
    stream.on('error', () => undefined);
    if (name !== field || !filename) return void stream.resume();
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('limit', () => (isTooLarge = true));
    stream.on('close', () => (upload = { name: filename.slice(-200), bytes: Buffer.concat(parts) }));
  });
  await pipeline(limited(request, mostBytes + REST_BYTES), form).catch((fault: unknown) => {
    throw fault instanceof Problem && fault.code === 'file.too_large'
      ? tooLarge
      : new Problem('file.upload_broken', 422);
  });
  // The parser's events set it; the compiler sees only the beginning.
  const read = upload as Upload | null;
  if (isTooLarge) throw tooLarge;
  if (read === null) throw new Problem('file.missing', 422);
  if (read.bytes.length === 0) throw new Problem('file.empty', 422);
  return read;
}

function parser(request: Request, limits: busboy.Limits): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
  } catch {
    throw new Problem('file.upload_broken', 422);
  }
}

/** The upload as a stream, for what reads streams. */
export const bytesOf = ({ bytes }: Upload): AsyncIterable<Uint8Array> => Readable.from([bytes]);
