import type { CarrierMessage, CarrierReader } from './Carrier';

/** What a carrier has brought: kept while nobody reads, handed on in order. */
export class CarrierInbox {
  readonly #backlog: CarrierMessage[] = [];
  #reader: CarrierReader | null = null;
  #isClosed = false;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Hands everything that arrived and will arrive to `reader`, until another reader takes over. */
  read(reader: CarrierReader | null): void {
    this.#reader = reader;
    while (this.#reader !== null) {
      const message = this.#backlog.shift();
      if (message === undefined) break;
      this.#reader.onMessage(message);
    }
    if (this.#isClosed) this.#reader?.onClosed();
  }

  /** The next message; `null` if the carrier closes before there is one. */
  next(): Promise<CarrierMessage | null> {
    return new Promise((resolve) => {
      this.read({
        onMessage: (message) => {
          this.read(null);
          resolve(message);
        },
        onClosed: () => resolve(null),
      });
    });
  }

  /** A message has arrived. */
  deliver(message: CarrierMessage): void {
    if (this.#reader === null) this.#backlog.push(message);
    else this.#reader.onMessage(message);
  }

  /** The carrier is gone; safe to call again. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#reader?.onClosed();
  }
}
