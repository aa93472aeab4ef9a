import { networkOf } from '../../shared/network/networkOf';

/** What a frame costs in memory beside its own bytes: measured with Node 20, small frames take 200 to 300 bytes more. */
const FRAME_COST_BYTES = 256;

/** What frames that wait take in memory, by the address that sent them (IPv6: by /64 network) and in all. */
export class WaitingBytes {
  readonly #perAddress: number;
  readonly #byAddress = new Map<string, number>();
  #inAll = 0;

  /** @param perAddress most of one address, in bytes */
  constructor(perAddress: number) {
    this.#perAddress = perAddress;
  }

  get inAll(): number {
    return this.#inAll;
  }

  /** Whether an address may have a frame of so many bytes wait. */
  hasRoom(address: string, bytes: number): boolean {
    return this.of(address) + bytes + FRAME_COST_BYTES <= this.#perAddress;
  }

  /** Bytes that wait from an address. */
  of(address: string): number {
    return this.#byAddress.get(networkOf(address)) ?? 0;
  }

  /** A frame waits. */
  add(address: string, bytes: number): void {
    this.#change(address, bytes + FRAME_COST_BYTES);
  }

  /** It does so no longer. */
  remove(address: string, bytes: number): void {
    this.#change(address, -(bytes + FRAME_COST_BYTES));
  }

  #change(address: string, bytes: number): void {
    const key = networkOf(address);
    const now = (this.#byAddress.get(key) ?? 0) + bytes;
    this.#inAll += bytes;
    if (now === 0) this.#byAddress.delete(key);
    else this.#byAddress.set(key, now);
  }
}
