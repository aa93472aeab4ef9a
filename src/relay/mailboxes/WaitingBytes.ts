import type { CountAs } from '../../shared/network/countAs';

/** What an address is counted as. */
export type Counting = ReturnType<CountAs>;

/** What a frame costs in memory beside its own bytes: measured with Node 20, small frames take 200 to 300 bytes more. */
const FRAME_COST_BYTES = 256;

/** What frames that wait take in memory, by the address that sent them and in all. */
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
  hasRoom(from: Counting, bytes: number): boolean {
    return from.every(
      ({ name, share }) => this.of(name) + bytes + FRAME_COST_BYTES <= this.#perAddress * share,
    );
  }

  /** Bytes that wait. @param name one that an address is counted as */
  of(name: string): number {
    return this.#byAddress.get(name) ?? 0;
  }

  /** A frame waits. */
  add(from: Counting, bytes: number): void {
    this.#change(from, bytes + FRAME_COST_BYTES);
  }

  /** It does so no longer. */
  remove(from: Counting, bytes: number): void {
    this.#change(from, -(bytes + FRAME_COST_BYTES));
  }

  #change(from: Counting, bytes: number): void {
    this.#inAll += bytes;
    for (const { name } of from) {
      const now = this.of(name) + bytes;
      if (now === 0) this.#byAddress.delete(name);
      else this.#byAddress.set(name, now);
    }
  }
}
