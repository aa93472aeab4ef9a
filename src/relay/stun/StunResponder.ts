import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { bareAddress, type LanAddress } from '../../shared/address';
import { AddressBudget } from '../../shared/network/AddressBudget';
import { byNetwork, type CountAs } from '../../shared/network/countAs';
import { StunType, xorAddress } from '../../shared/stun/attributes';
import { encodeStun, readStun, StunMethod } from '../../shared/stun/message';

/**
 * Answers to an address, a second and at once, and to all: a browser asks once for each of its interfaces and links, and again
 * every ten seconds. Who forges somebody's address has them sent no more than this, each less than three times as long as the question:
 * browsers ask in 20 bytes, and an IPv6 address makes an answer of 52.
 */
const RATES = { perAddressPerSecond: 20, burstPerAddress: 200, perSecond: 1_000, burst: 2_000 };

/** Tells who asks under which address it is seen, by UDP (RFC 8489): nothing else of STUN, and nothing of TURN. */
export class StunResponder {
  readonly #budget: AddressBudget;
  #socket: Socket | null = null;

  /** @param countAs what counts as one address */
  constructor(countAs: CountAs = byNetwork) {
    this.#budget = new AddressBudget(RATES, { countAs });
  }

  /**
   * Listens on every address of this machine.
   * @param port the one that is tried first; where it is taken, any free one
   * @returns the port
   * @throws Error of the system
   */
  async listen(port: number): Promise<number> {
    let failure: unknown;
    for (const [family, at] of [
      ['udp6', port],
      ['udp6', 0],
      ['udp4', port],
      ['udp4', 0],
    ] as const) {
      const socket = createSocket({ type: family });
      try {
        socket.bind(at);
        await once(socket, 'listening');
        this.#use(socket);
        return socket.address().port;
      } catch (error) {
        socket.close();
        failure = error;
      }
    }
    throw failure;
  }

  /** Where it answers, under one of this machine's addresses; `null` while it does not listen. */
  at(host: string): LanAddress | null {
    return this.#socket === null ? null : { host, port: this.#socket.address().port };
  }

  close(): void {
    this.#socket?.close();
    this.#socket = null;
  }

  #use(socket: Socket): void {
    this.#socket = socket;
    // One answer that could not be sent is one that got lost.
    socket.on('error', () => undefined);
    socket.on('message', (bytes, from) => {
      const answer = this.#answerTo(bytes, from);
      if (answer !== null) socket.send(answer, from.port, from.address, () => undefined);
    });
  }

  #answerTo(bytes: Uint8Array, { address, port }: RemoteInfo): Uint8Array | null {
    const host = bareAddress(address);
    const message = readStun(bytes);
    if (message?.method !== StunMethod.binding || message.kind !== 'request') return null;
    if (port === 0 || !this.#budget.consume(host)) return null;
    const { transaction } = message;
    const attributes = [xorAddress(StunType.xorMappedAddress, { host, port }, transaction)];
    return encodeStun({ method: StunMethod.binding, kind: 'success', transaction, attributes });
  }
}
