/** The sample messages of RFC 5769, byte for byte, and what is no message. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crc32,
  readErrorCode,
  readXorAddress,
  StunType,
  xorAddress,
} from '../../../../src/shared/stun/attributes';
import { longTermKey } from '../../../../src/shared/stun/keys';
import {
  addressOf,
  encodeStun,
  hasIntegrity,
  MAX_STUN_BYTES,
  readStun,
  stunLength,
  StunMethod,
  valueOf,
} from '../../../../src/shared/stun/message';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
const TRANSACTION = 'b7e7a701bc34d686fa87dfae';
const SHORT_TERM_KEY = Uint8Array.from(Buffer.from('VOkJxbRl1RmTxUk/WvJxBt'));

/** RFC 5769 §2.1 to §2.4. */
const samples = {
  request: `000100582112a442 ${TRANSACTION} 802200105354554e207465737420636c69656e74 002400046e0001ff
    80290008932ff9b151263b36 000600096576746a3a68367659202020 000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
    80280004e57a3bcf`,
  answerV4: `0101003c2112a442 ${TRANSACTION} 8022000b7465737420766563746f7220 002000080001a147e112a643
    000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004c07d4c96`,
  answerV6: `010100482112a442 ${TRANSACTION} 8022000b7465737420766563746f7220
    002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9 00080014a382954e4be67bf11784c97c8292c275bfe3ed41
    80280004c8fb0b4c`,
  longTerm: `000100602112a442 78ad3433c6ad72c029da412e 00060012e3839ee38388e383aae38383e382afe382b90000
    0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700
    00080014f67024656dd64a3e02b8e0712e85c9a28ca89666`,
};
const text = (value: Uint8Array | null): string => Buffer.from(value ?? []).toString();

describe('the sample messages of RFC 5769', () => {
  it('are read: a request', () => {
    const message = readStun(bytesOf(samples.request))!;
    expect(message).toMatchObject({ method: StunMethod.binding, kind: 'request' });
    expect(Buffer.from(message.transaction).toString('hex')).toBe(TRANSACTION);
    expect(text(valueOf(message, StunType.username))).toBe('evtj:h6vY');
    expect(hasIntegrity(message, SHORT_TERM_KEY)).toBe(true);
    expect(hasIntegrity(message, Uint8Array.of(1))).toBe(false);
  });

  it.each([
    ['answerV4', '192.0.2.1'],
    ['answerV6', '2001:db8:1234:5678:11:2233:4455:6677'],
  ] as const)('are read: %s', (sample, host) => {
    const message = readStun(bytesOf(samples[sample]))!;
    expect(message.kind).toBe('success');
    expect(addressOf(message, StunType.xorMappedAddress)).toEqual({ host, port: 32_853 });
    expect(hasIntegrity(message, SHORT_TERM_KEY)).toBe(true);
  });

  it('are read and made: a request with long-term credentials', () => {
    const bytes = bytesOf(samples.longTerm);
    const message = readStun(bytes)!;
    const key = longTermKey('マトリックス', 'example.org', 'TheMatrIX');
    expect(hasIntegrity(message, key)).toBe(true);
    // Ours has a fingerprint behind what the sample ends with.
    const own = encodeStun(message, key);
    expect(own.subarray(20, bytes.length)).toEqual(bytes.subarray(20));
    expect(readStun(own)).toEqual(message);
  });
});

describe('a message', () => {
  const transaction = bytesOf(TRANSACTION);

  it('is read as it was made, whatever its method and kind', () => {
    const attribute = fc.record({
      // Below those that end the part that counts.
      type: fc.integer({ min: 0x10, max: 0x8027 }),
      value: fc.uint8Array({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xfff }),
        fc.constantFrom('request', 'indication', 'success', 'error'),
        fc.array(attribute, { maxLength: 20 }),
        fc.option(fc.uint8Array({ minLength: 1, maxLength: 20 })),
        (method, kind, attributes, key) => {
          const message = readStun(encodeStun({ method, kind, transaction, attributes }, key))!;
          expect(message).toMatchObject({ method, kind, transaction, attributes });
          expect(key === null || hasIntegrity(message, key)).toBe(true);
        },
      ),
    );
  });

  it('is none once a byte of it is another one, or missing', () => {
    const bytes = bytesOf(samples.answerV4);
    // With another type the fingerprint is an attribute behind the integrity, and none is a message as well.
    const isOfType = (at: number): boolean => at >= bytes.length - 8 && at < bytes.length - 6;
    for (let at = 0; at < bytes.length; at += 1) {
      if (isOfType(at)) continue;
      const changed = bytes.slice();
      changed[at]! ^= 0x04;
      expect(readStun(changed), String(at)).toBeNull();
      expect(readStun(bytes.subarray(0, at))).toBeNull();
    }
  });

  it('has nothing behind its integrity that counts', () => {
    const key = Uint8Array.of(1, 2, 3);
    const bare = encodeStun({ method: 1, kind: 'success', transaction, attributes: [] }, key).subarray(0, -8);
    const relayed = xorAddress(StunType.xorRelayedAddress, { host: '192.0.2.7', port: 9 }, transaction);
    const added = Uint8Array.from([...bare, 0, relayed.type, 0, relayed.value.length, ...relayed.value]);
    new DataView(added.buffer).setUint16(2, added.length - 20);
    const message = readStun(added)!;
    expect(hasIntegrity(message, key)).toBe(true);
    expect(addressOf(message, StunType.xorRelayedAddress)).toBeNull();
  });

  it('ends with its fingerprint', () => {
    const bytes = encodeStun({ method: 1, kind: 'success', transaction, attributes: [] });
    const longer = Uint8Array.from([...bytes, 0x80, 0x22, 0, 0]);
    const view = new DataView(longer.buffer);
    view.setUint16(2, longer.length - 20);
    view.setUint32(bytes.length - 4, (crc32(longer.subarray(0, bytes.length - 8)) ^ 0x5354554e) >>> 0);
    expect(readStun(longer)).toBeNull();
  });

  it('is not made longer than it may be', () => {
    const attributes = [{ type: StunType.data, value: new Uint8Array(MAX_STUN_BYTES) }];
    expect(() => encodeStun({ method: 1, kind: 'request', transaction, attributes })).toThrow(RangeError);
  });

  it('says in a stream how long it is', () => {
    const bytes = bytesOf(samples.request);
    expect(stunLength(bytes)).toBe(bytes.length);
    expect(stunLength(bytes.subarray(0, 19))).toBe('more');
    expect(stunLength(new Uint8Array())).toBe('more');
    expect(stunLength(Uint8Array.of(0x40))).toBeNull();
    expect(stunLength(Uint8Array.from([0, 1, 0, 3, ...bytes.subarray(4)]))).toBeNull();
  });
});

describe('an address', () => {
  const transaction = bytesOf(TRANSACTION);

  it.each([
    ['0.0.0.0', '0.0.0.0'],
    ['255.254.253.252', '255.254.253.252'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ])('%s is written and read', (host, read) => {
    const { value } = xorAddress(StunType.xorPeerAddress, { host, port: 65_535 }, transaction);
    expect(readXorAddress(value, transaction)).toEqual({ host: read, port: 65_535 });
  });

  it.each([
    '',
    'a',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.4.5',
    ':',
    ':::',
    '1::2::3',
    '1:2',
    'fe80::1%eth0',
    '1:2:3:4:5:6:7::8:9',
  ])('is not %s', (host) => {
    expect(() => xorAddress(StunType.xorPeerAddress, { host, port: 1 }, transaction)).toThrow(RangeError);
  });

  it('is none with another length or family', () => {
    for (const value of ['0001a147e112a6', '0001a147e112a64300', '0002a147e112a643', '0003a147e112a643', ''])
      expect(readXorAddress(bytesOf(value), transaction)).toBeNull();
  });
});

it('reads the number of a refusal and not its words', () => {
  expect(readErrorCode(bytesOf('00000401'))).toBe(401);
  expect(readErrorCode(bytesOf('0000062341'))).toBe(635);
  for (const value of ['', '000004', '00000201', '00000701', '00000464'])
    expect(readErrorCode(bytesOf(value))).toBeNull();
});
