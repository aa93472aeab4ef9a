import { readIceUrl } from '../../../src/relay/turn/iceUrl';
import {
  lifetime,
  readErrorCode,
  REQUESTED_UDP,
  StunType,
  xorAddress,
} from '../../../src/shared/stun/attributes';
import { longTermKey } from '../../../src/shared/stun/keys';
import {
  addressOf,
  encodeStun,
  hasIntegrity,
  readStun,
  stunLength,
  StunMethod,
  valueOf,
} from '../../../src/shared/stun/message';
import { fuzzTarget } from '../fuzzTarget';
import { mutatedBytes, mutatedText } from '../mutate';

const key = longTermKey('user', 'realm', 'password');
const transaction = new Uint8Array(12).fill(7);
const address = (type: number, host: string) => xorAddress(type, { host, port: 3478 }, transaction);
const { allocate, data } = StunMethod;
const messages = [
  encodeStun({ method: allocate, kind: 'request', transaction, attributes: [REQUESTED_UDP] }),
  encodeStun(
    {
      method: allocate,
      kind: 'success',
      transaction,
      attributes: [
        address(StunType.xorRelayedAddress, '192.0.2.1'),
        address(StunType.xorMappedAddress, '2001:db8::1'),
        lifetime(600),
      ],
    },
    key,
  ),
  encodeStun({
    method: allocate,
    kind: 'error',
    transaction,
    attributes: [{ type: StunType.errorCode, value: Uint8Array.of(0, 0, 4, 1) }],
  }),
  encodeStun({
    method: data,
    kind: 'indication',
    transaction,
    attributes: [{ type: StunType.data, value: Uint8Array.of(1, 2, 3) }],
  }),
  // Without a fingerprint a changed message is still one.
].flatMap((bytes) => [bytes, withoutFingerprint(bytes)]);

function withoutFingerprint(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  const bare = bytes.slice(0, -8);
  new DataView(bare.buffer).setUint16(2, bare.length - 20);
  return bare;
}

function handleMessage(bytes: Uint8Array): void {
  const length = stunLength(bytes);
  if (length !== null && length !== 'more' && (length < 20 || length % 4 !== 0)) throw new Error('no length');
  const message = readStun(bytes);
  if (message === null) return;
  hasIntegrity(message, key);
  for (const { type } of message.attributes) {
    const read = addressOf(message, type);
    // What was read is an address: it can be written.
    if (read !== null) xorAddress(type, read, message.transaction);
    readErrorCode(valueOf(message, type) ?? new Uint8Array());
  }
}

/** What STUN and TURN servers say, and their addresses. */
export const stunTargets = [
  fuzzTarget({ name: 'STUN messages', inputs: mutatedBytes(messages), parse: handleMessage }),
  fuzzTarget({
    name: 'addresses of ICE servers',
    inputs: mutatedText(['turn:a.example:3478?transport=tcp', 'turns:[::1]:5349', 'stun:192.0.2.1']),
    parse: (text) => {
      const server = readIceUrl(text);
      if (server !== null && (server.port < 1 || server.port > 65_535 || server.host === ''))
        throw new Error('no address');
    },
  }),
];
