import type { Request } from 'express';
import { networkOf, visitorOf } from './visitor.js';

describe('whose limits count', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:1:2:3', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('%s is %s', (address, network) => expect(networkOf(address)).toBe(network));

  it('is the same subscriber, whichever address of the network asks, and another one beside it', () => {
    const at = (ip: string): string => visitorOf({ ip, headers: {} } as Request, 'kk').address;
    expect(at('2001:db8:1:2::1')).toBe(at('2001:db8:1:2:aaaa:bbbb:cccc:dddd'));
    expect(at('2001:db8:1:2::1')).not.toBe(at('2001:db8:1:3::1'));
  });
});
