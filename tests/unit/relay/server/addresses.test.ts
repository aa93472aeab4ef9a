import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../../src/relay/server/clientAddress';
import { isPrivateAddress } from '../../../../src/relay/server/isPrivateAddress';

function address(proxies: number, header?: string | string[]): string {
  const headers = header === undefined ? {} : { 'x-forwarded-for': header as string };
  const request = { headers, socket: { remoteAddress: '::ffff:10.0.0.1' } };
  return clientAddress(request as unknown as IncomingMessage, proxies);
}

describe('whose request it is', () => {
  it.each([
    [0, undefined, '10.0.0.1'],
    [0, '192.0.2.1', '10.0.0.1'],
    [1, undefined, '10.0.0.1'],
    [1, '192.0.2.1', '192.0.2.1'],
    [1, '203.0.113.7, 192.0.2.1', '192.0.2.1'],
    [2, '203.0.113.7, 192.0.2.1, 10.0.0.2', '192.0.2.1'],
    [2, '192.0.2.1', '10.0.0.1'],
    [1, '192.0.2.1:4711', '192.0.2.1'],
    [1, '[2001:db8::1]:4711', '2001:db8::1'],
    [1, '::ffff:192.0.2.1', '192.0.2.1'],
    [1, 'unknown', '10.0.0.1'],
    [1, 'x'.repeat(5_000), '10.0.0.1'],
  ])('behind %i proxies with %s it is that of %s', (proxies, header, expected) => {
    expect(address(proxies, header)).toBe(expected);
  });
});

describe('addresses that the internet does not reach', () => {
  it.each([
    ['127.0.0.1', true],
    ['172.31.0.1', true],
    ['172.32.0.1', false],
    ['8.8.8.8', false],
    ['::1', true],
    ['fd12::1', true],
    ['2001:db8::1', false],
    ['localhost', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(isPrivateAddress(text)).toBe(expected);
  });
});
