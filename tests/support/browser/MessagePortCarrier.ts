import type {
  Carrier,
  CarrierMessage,
  CarrierReader,
  Route,
} from '../../../src/backend/sessions/carriers/Carrier';
import { CarrierInbox } from '../../../src/backend/sessions/carriers/CarrierInbox';
import { LivePort } from './LivePort';

/** One end of a message channel, as a carrier. It dies with the other end, and with the worker that had that. */
export class MessagePortCarrier implements Carrier {
  readonly kind = 'lan';
  /** There is no address, and nobody to dial. */
  readonly route: Route = { kind: 'member', address: null, iceServers: [], mayDialLanes: false };
  readonly #port: LivePort<CarrierMessage, CarrierMessage>;
  readonly #inbox = new CarrierInbox();

  constructor(port: MessagePort) {
    this.#port = new LivePort(port, {
      onMessage: (message) => this.#inbox.deliver(message),
      onGone: () => this.#inbox.close(),
    });
  }

  get isOpen(): boolean {
    return this.#port.isOpen;
  }

  read(reader: CarrierReader | null): void {
    this.#inbox.read(reader);
  }

  next(): Promise<CarrierMessage | null> {
    return this.#inbox.next();
  }

  send(message: CarrierMessage): void {
    // A view of larger memory would be copied with all of that.
    this.#port.send(typeof message === 'string' ? message : message.slice());
  }

  /** Both ends are of one page: nobody has to be slowed down. */
  trust(): void {
    return;
  }

  close(): void {
    this.#port.close();
    this.#inbox.close();
  }

  kill(): void {
    this.close();
  }
}
