import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { Problem } from '../../shared/problem.js';

/** Networks that are not the public internet (RFC 6890 and its registry): a user's URL must not reach inside our own. */
/** A list of Node's judges IPv4-mapped IPv6 addresses by the IPv4 networks. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6');

/** Whether an IP address lies outside the public internet. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return PRIVATE.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * The addresses of a host, all of them public. Throws `fetch.private_address` when one is not (unless `allowPrivate`) and
 * `fetch.unknown_host` when the name does not exist. Connect to one of these, not to the name again: a second look-up may
 * answer otherwise.
 */
export async function publicAddresses(
  host: string,
  allowPrivate = false,
): Promise<{ address: string; family: number }[]> {
  const bare = host.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  const found =
    family !== 0
      ? [{ address: bare, family }]
      : await lookup(bare, { all: true }).catch(() => {
          throw new Problem('fetch.unknown_host', 422, { host: bare });
        });
  if (!allowPrivate && found.some(({ address }) => isPrivateAddress(address)))
    throw new Problem('fetch.private_address', 422, { host: bare });
  return found;
}
