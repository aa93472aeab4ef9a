import type { SealedChannel } from '../../../shared/identity/seal';
import type { SessionFrame } from '../../../shared/protocol/frames';
import { CARRIER_KINDS, type Carrier, type CarrierKind, type CarrierMessage, type Route } from './Carrier';

export interface SealedReader {
  /** A message of the peer's that nobody in between has touched, in the order it was sent. */
  onText(text: string): void;
  /** The carrier is gone, for whatever reason; called once. */
  onClosed(): void;
}

/** A carrier after the handshake: every message is sealed, and one that does not open is the last. */
export class SealedCarrier {
  readonly #carrier: Carrier;
  readonly #channel: SealedChannel;
  #isBroken = false;

  constructor(carrier: Carrier, channel: SealedChannel) {
    this.#carrier = carrier;
    this.#channel = channel;
  }

  get kind(): CarrierKind {
    return this.#carrier.kind;
  }

  /** Lower is better. */
  get rank(): number {
    return CARRIER_KINDS.indexOf(this.kind);
  }

  /** What follows from how it came about; `null` for one that came about within a session. */
  get route(): Route | null {
    return this.#carrier.route;
  }

  /** Hands everything that arrived and will arrive to `reader`, until another reader takes over. */
  read(reader: SealedReader | null): void {
    this.#carrier.read(
      reader && {
        onMessage: (message) => {
          const text = this.#open(message);
          if (text !== null) reader.onText(text);
        },
        onClosed: () => reader.onClosed(),
      },
    );
  }

  send(frame: SessionFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  /** @param text a frame as JSON */
  sendText(text: string): void {
    if (this.#carrier.isOpen) this.#carrier.send(this.#channel.outgoing.seal(text));
  }

  /** The peer has been verified: its messages may come as fast as a transfer needs. */
  trust(): void {
    this.#carrier.trust();
  }

  /** Closes once everything sent so far is out. */
  close(): void {
    this.#carrier.close();
  }

  /** Closes at once. */
  kill(): void {
    this.#carrier.kill();
  }

  /** The text of a sealed message; `null`, and the carrier's end, for anything that the peer did not write next. */
  #open(message: CarrierMessage): string | null {
    if (this.#isBroken) return null;
    try {
      if (typeof message !== 'string') return this.#channel.incoming.open(message);
    } catch {
      // Somebody in between; which of its tricks it was makes no difference.
    }
    this.#isBroken = true;
    this.#carrier.kill();
    return null;
  }
}
