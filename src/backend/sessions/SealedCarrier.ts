import type { SealedChannel } from '../../shared/identity/seal';
import type { SessionFrame } from '../../shared/protocol/lan';
import type { CarrierMessage, SocketCarrier } from '../../main/node/net/SocketCarrier';

export interface SealedReader {
  /** A message of the peer's that nobody in between has touched, in the order it was sent. */
  onText(text: string): void;
  /** The socket is gone, for whatever reason; called once. */
  onClosed(): void;
}

/** A socket after the handshake: every message is sealed, and one that does not open is the last. */
export class SealedCarrier {
  readonly #socket: SocketCarrier;
  readonly #channel: SealedChannel;
  #isBroken = false;

  constructor(socket: SocketCarrier, channel: SealedChannel) {
    this.#socket = socket;
    this.#channel = channel;
  }

  /** The other end, IPv4 unwrapped and without zone. */
  get remoteAddress(): string {
    return this.#socket.remoteAddress;
  }

  /** Hands everything that arrived and will arrive to `reader`, until another reader takes over. */
  read(reader: SealedReader | null): void {
    this.#socket.read(
      reader && {
        onMessage: (message) => {
          const text = this.#open(message);
          if (text !== null) reader.onText(text);
        },
        onClosed: () => {
          reader.onClosed();
        },
      },
    );
  }

  send(frame: SessionFrame): void {
    if (this.#socket.isOpen) this.#socket.send(this.#channel.outgoing.seal(JSON.stringify(frame)));
  }

  /** Closes once everything sent so far is out. */
  close(): void {
    this.#socket.close();
  }

  /** Closes at once. */
  kill(): void {
    this.#socket.kill();
  }

  /** The text of a sealed message; `null`, and the socket's end, for anything that the peer did not write next. */
  #open(message: CarrierMessage): string | null {
    if (this.#isBroken) return null;
    try {
      if (typeof message !== 'string') return this.#channel.incoming.open(message);
    } catch {
      // Somebody in between; which of its tricks it was makes no difference.
    }
    this.#isBroken = true;
    this.#socket.kill();
    return null;
  }
}
