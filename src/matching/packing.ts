import { deserialize, serialize } from 'node:v8';
import { constants, gunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];

/** A value of plain objects, maps, sets and typed arrays as bytes; compressed quickly rather than well, outside of the event loop. */
export function pack(value: unknown): Promise<Buffer> {
  return zip(serialize(value), { level: constants.Z_BEST_SPEED });
}

/** What was packed, by a Node.js of this version or an older one. */
export async function unpack<Value>(bytes: Buffer): Promise<Value> {
  return deserialize(await unzip(bytes)) as Value;
}
