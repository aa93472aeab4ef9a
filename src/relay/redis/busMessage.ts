import { RandomId } from '../../shared/ids';
import { RELAY_CLOSE_CODES, type RelayCloseReason } from '../../shared/protocol/relay';

/**
 * What a script tells a member of some process:
 *
 *     0  u8   kind: 1 frame, 2 acknowledgement, 3 peer, 4 end
 *     1  u32  number of the member in its process, big-endian
 *     5       frame: it; acknowledgement: u32; peer: `1` or `0`, then the epoch; end: the reason
 */
export type BusMessage = { member: number } & (
  | { type: 'frame'; frame: Uint8Array }
  | { type: 'ack'; number: number }
  | { type: 'peer'; isPresent: boolean; epoch: string }
  | { type: 'end'; reason: RelayCloseReason }
);

const HEAD_BYTES = 5;

/** Reads one, or `null` where it is none: others may use the same Redis. Never throws. */
export function readBusMessage(bytes: Buffer): BusMessage | null {
  if (bytes.length < HEAD_BYTES) return null;
  const member = bytes.readUInt32BE(1);
  const body = bytes.subarray(HEAD_BYTES);
  switch (bytes[0]) {
    case 1:
      return { member, type: 'frame', frame: body };
    case 2:
      return body.length === 4 ? { member, type: 'ack', number: body.readUInt32BE(0) } : null;
    case 3: {
      const epoch = RandomId.safeParse(body.subarray(1).toString('latin1'));
      return epoch.success ? { member, type: 'peer', isPresent: body[0] === 0x31, epoch: epoch.data } : null;
    }
    case 4: {
      const reason = body.toString('latin1');
      return isReason(reason) ? { member, type: 'end', reason } : null;
    }
    default:
      return null;
  }
}

/** Whether a word of Redis' is one that sockets are closed with. */
export function isReason(word: string): word is RelayCloseReason {
  return Object.hasOwn(RELAY_CLOSE_CODES, word);
}
