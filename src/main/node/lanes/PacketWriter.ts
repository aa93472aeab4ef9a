import type { TLSSocket } from 'node:tls';
import { HitherError } from '../../../shared/errors';
import type { Pacer } from '../../../shared/transfer/sending/Pacer';

/** Small packets go together up to so many bytes: a record of TLS and a call of the system each would cost more than they do. */
const TOGETHER_BYTES = 256 * 1024;

interface Packet {
  bytes: Uint8Array;
  resolve: () => void;
  reject: (error: HitherError) => void;
}

/** Writes packets to a socket, one write at a time: several that wait in the socket would be copied into one first. */
export class PacketWriter {
  readonly #socket: TLSSocket;
  readonly #pacer: Pacer;
  readonly #onWrite: () => void;
  readonly #packets: Packet[] = [];
  #isWriting = false;

  /**
   * @param pacer what everything passes
   * @param onWrite called as bytes go out
   */
  constructor(socket: TLSSocket, pacer: Pacer, onWrite: () => void) {
    this.#socket = socket;
    this.#pacer = pacer;
    this.#onWrite = onWrite;
  }

  /**
   * Resolves when the system has taken the packet over; until then its bytes must stay as they are.
   * @throws HitherError `connection-lost` where the socket closes before
   */
  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#packets.push({ bytes, resolve, reject });
      if (!this.#isWriting) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isWriting = true;
    // What comes in the same turn goes along.
    await new Promise(setImmediate);
    while (this.#packets.length > 0) {
      const packets = this.#removeTogether();
      const [first] = packets;
      if (!first) break;
      const bytes = packets.length === 1 ? first.bytes : Buffer.concat(packets.map((each) => each.bytes));
      try {
        await this.#writePaced(bytes);
        for (const { resolve } of packets) resolve();
      } catch (error) {
        for (const { reject } of packets) reject(new HitherError('connection-lost', {}, error));
      }
    }
    this.#isWriting = false;
  }

  /** The next packet, and those after it that are small as well. */
  #removeTogether(): Packet[] {
    let bytes = 0;
    let count = 0;
    for (const packet of this.#packets) {
      bytes += packet.bytes.length;
      if (count > 0 && bytes > TOGETHER_BYTES) break;
      count++;
    }
    return this.#packets.splice(0, count);
  }

  /** In one piece, or in as many as the pacer wants: what the system has taken over goes without regard for others. */
  async #writePaced(bytes: Uint8Array): Promise<void> {
    for (let left = bytes; left.length > 0;) {
      const { pieceBytes } = this.#pacer;
      const piece = left.length > pieceBytes ? left.subarray(0, pieceBytes) : left;
      await this.#pacer.pass(piece.length);
      await this.#writeOnce(piece);
      left = left.subarray(piece.length);
    }
  }

  #writeOnce(bytes: Uint8Array): Promise<void> {
    this.#onWrite();
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }
}
