import type { CarrierMessage, CarrierReader } from './Carrier';

/** What a carrier has brought: kept while nobody reads, handed on in order. */
export class CarrierInbox {
  readonly #maxUnread: number;
  readonly #backlog: CarrierMessage[] = [];
  #unread = 0;
  #reader: CarrierReader | null = null;
  #isClosed = false;

  /** @param maxUnread bytes (of texts: characters) that may wait for a reader */
  constructor(maxUnread = Number.POSITIVE_INFINITY) {
    this.#maxUnread = maxUnread;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Hands everything that arrived and will arrive to `reader`, until another reader takes over. */
  read(reader: CarrierReader | null): void {
    this.#reader = reader;
    while (this.#reader !== null) {
      const message = this.#backlog.shift();
      if (message === undefined) break;
      this.#unread -= message.length;
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

  /** A message has arrived. @returns `false` where more waits for a reader than may: it is left out then */
  deliver(message: CarrierMessage): boolean {
    if (this.#reader !== null) this.#reader.onMessage(message);
    else if (this.#unread + message.length > this.#maxUnread) return false;
    else {
      this.#backlog.push(message);
      this.#unread += message.length;
    }
    return true;
  }

  /** Forgets what nobody has read. */
  clear(): void {
    this.#backlog.length = 0;
    this.#unread = 0;
  }

  /** The carrier is gone; safe to call again. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#reader?.onClosed();
  }
}
