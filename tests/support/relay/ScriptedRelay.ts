import type { OpenRelaySocket, RelaySocketReader } from '../../../src/backend/ports';
import {
  encodeRelayData,
  epochTag,
  readRelayFrame,
  type RelayCloseReason,
} from '../../../src/shared/protocol/relay';

const EPOCH = 'ab'.repeat(16);
const limits = { frameBytes: 160 * 1024, waitingFrames: 512, waitingBytes: 2 ** 20, awayMs: 120_000 };

/** A relay that a test plays to one client, without any network or time. */
export class ScriptedRelay {
  /** Texts that the client has said, by type. */
  readonly asked: string[] = [];
  /** How many sockets the client has opened. */
  sockets = 0;
  #reader: RelaySocketReader | null = null;
  #number = 0;

  readonly openSocket: OpenRelaySocket = (_, reader) => {
    this.sockets += 1;
    this.#reader = reader;
    return Promise.resolve({
      send: (message) => {
        if (typeof message === 'string') this.asked.push((JSON.parse(message) as { type: string }).type);
        else if (readRelayFrame(message)?.kind === 'data') this.asked.push('data');
      },
      probe: () => undefined,
      close: () => undefined,
    });
  };

  /** Gives the client its place. */
  join(mailbox: string, isPeerPresent: boolean): void {
    this.#say({ type: 'joined', mailbox, nameplate: null, epoch: EPOCH, received: 0, isPeerPresent, limits });
  }

  peer(isPresent: boolean): void {
    this.#say({ type: 'peer', isPresent, epoch: EPOCH });
  }

  /** Passes on what the other member says in conversation 7. @param kind of PROTOCOL.md §6 */
  pass(kind: number, body: Uint8Array = new Uint8Array()): void {
    const payload = Uint8Array.of(kind, 0, 0, 0, 7, ...body);
    this.#reader?.onBytes(encodeRelayData(epochTag(EPOCH), ++this.#number, payload));
  }

  closeWith(reason: RelayCloseReason): void {
    this.#reader?.onClosed(reason);
  }

  #say(message: object): void {
    this.#reader?.onText(JSON.stringify(message));
  }
}
