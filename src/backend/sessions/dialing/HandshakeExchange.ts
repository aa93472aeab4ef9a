import type { DialerHandshake } from '../../../shared/identity/DialerHandshake';
import type { Carrier, CarrierMessage } from '../carriers/Carrier';
import { SealedCarrier } from '../carriers/SealedCarrier';

/** The dialer's side of a handshake under way: question and answer, until somebody gives it up. */
export class HandshakeExchange {
  readonly handshake: DialerHandshake;
  readonly #carrier: Carrier;
  readonly #over: Promise<null>;
  #end: () => void = () => undefined;
  #hasIdentified = false;

  constructor(carrier: Carrier, handshake: DialerHandshake) {
    this.#carrier = carrier;
    this.handshake = handshake;
    this.#over = new Promise((resolve) => {
      this.#end = () => {
        resolve(null);
      };
    });
  }

  /** Says something; what comes back, or `null` where the carrier closes or the exchange is given up. */
  async ask(message: CarrierMessage): Promise<CarrierMessage | null> {
    this.#carrier.send(message);
    this.#hasIdentified = typeof message !== 'string';
    return Promise.race([this.#carrier.next(), this.#over]);
  }

  /** Ends it. The other side may have a session by now, and its person must not be asked for nothing. */
  giveUp(): void {
    if (this.#hasIdentified)
      new SealedCarrier(this.#carrier, this.handshake.channel).send({ type: 'close', reason: 'cancelled' });
    this.#hasIdentified = false;
    this.#carrier.close();
    this.#end();
  }
}
