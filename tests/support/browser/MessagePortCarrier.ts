import type { Carrier, CarrierMessage, CarrierReader } from '../../../src/backend/sessions/Carrier';
import { CarrierInbox } from '../../../src/backend/sessions/CarrierInbox';

/** What crosses the port; `null` says that nothing follows. */
type Crossing = CarrierMessage | null;

/** One end of a message channel, as a carrier. It dies with the other end, and with the worker that had that. */
export class MessagePortCarrier implements Carrier {
  readonly kind = 'lan';
  readonly remoteAddress: string;
  readonly #port: MessagePort;
  readonly #inbox = new CarrierInbox();
  #isClosing = false;

  /** @param remoteAddress what the other end is called */
  constructor(port: MessagePort, remoteAddress: string) {
    this.#port = port;
    this.remoteAddress = remoteAddress;
    port.onmessage = ({ data }: MessageEvent<Crossing>) => {
      if (data === null) this.kill();
      else if (!this.#inbox.isClosed) this.#inbox.deliver(data);
    };
    port.addEventListener('close', () => this.#inbox.close());
  }

  get isOpen(): boolean {
    return !this.#isClosing && !this.#inbox.isClosed;
  }

  read(reader: CarrierReader | null): void {
    this.#inbox.read(reader);
  }

  next(): Promise<CarrierMessage | null> {
    return this.#inbox.next();
  }

  send(message: CarrierMessage): void {
    // A view of larger memory would be copied with all of that.
    if (this.isOpen) this.#port.postMessage(typeof message === 'string' ? message : message.slice());
  }

  /** Both ends are of one page: nobody has to be slowed down. */
  trust(): void {
    return;
  }

  close(): void {
    if (!this.isOpen) return;
    this.#isClosing = true;
    // The other end closes the channel when it has read everything.
    this.#port.postMessage(null satisfies Crossing);
  }

  kill(): void {
    this.#isClosing = true;
    this.#port.close();
    this.#inbox.close();
  }
}
