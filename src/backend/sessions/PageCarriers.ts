import type { RequestHandlers } from '../../shared/contract/backend';
import { carrierChannel } from '../../shared/identity/keySchedule';
import type { Random } from '../ports';
import type { Carrier, CarrierMessage, CarrierReader } from './Carrier';
import { CarrierInbox } from './CarrierInbox';
import { SealedCarrier } from './SealedCarrier';
import type { Session } from './Session';

/** Random bytes that each side adds to the keys of a carrier. */
const NONCE_BYTES = 16;
/** Frames that may wait on a carrier that nobody reads yet: an honest peer says one before it has been answered. */
const MAX_UNREAD = 4;

type CarrierHandlers = Pick<RequestHandlers, 'carriers:open' | 'carriers:frame' | 'carriers:close'>;

export interface PageCarriersOptions {
  random: Random;
  /** @throws HitherError `unknown-session` */
  sessionOf: (sessionId: string) => Session;
  /** Hands a frame to the page, for the peer. */
  send: (carrierId: string, bytes: Uint8Array<ArrayBuffer>) => void;
}

/** A data channel of the page's as a carrier. */
class PageCarrier implements Carrier {
  readonly kind = 'data-channel';
  readonly remoteAddress = null;
  readonly #inbox = new CarrierInbox();
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => void;
  #waiting = 0;
  #isRead = false;

  constructor(send: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#send = send;
  }

  get isOpen(): boolean {
    return !this.#inbox.isClosed;
  }

  read(reader: CarrierReader | null): void {
    this.#isRead = reader !== null;
    this.#waiting = 0;
    this.#inbox.read(reader);
  }

  next(): Promise<CarrierMessage | null> {
    return this.#inbox.next();
  }

  send(message: CarrierMessage): void {
    if (this.isOpen && typeof message !== 'string') this.#send(new Uint8Array(message));
  }

  /** Only a verified peer's link gets so far. */
  trust(): void {
    return;
  }

  close(): void {
    this.#inbox.close();
  }

  kill(): void {
    this.#inbox.close();
  }

  /** A frame has arrived. */
  deliver(bytes: Uint8Array): void {
    if (!this.#isRead && ++this.#waiting > MAX_UNREAD) this.kill();
    else if (this.isOpen) this.#inbox.deliver(bytes);
  }
}

/** The carriers that pages bring: the data channels of their peer links, sealed with keys of the session's. */
export class PageCarriers {
  readonly handlers: CarrierHandlers;
  readonly #options: PageCarriersOptions;
  readonly #carriers = new Map<string, PageCarrier>();

  constructor(options: PageCarriersOptions) {
    this.#options = options;
    this.handlers = {
      'carriers:open': ({ sessionId, carrierId }) => {
        void this.#open(options.sessionOf(sessionId), carrierId);
        return {};
      },
      'carriers:frame': ({ carrierId, bytes }) => {
        // A view of what the page's socket brought, which is used again.
        this.#carriers.get(carrierId)?.deliver(bytes.slice());
        return {};
      },
      'carriers:close': ({ carrierId }) => {
        this.#carriers.get(carrierId)?.kill();
        this.#carriers.delete(carrierId);
        return {};
      },
    };
  }

  /** The page is gone, and its links with it. */
  pageGone(): void {
    const carriers = [...this.#carriers.values()];
    this.#carriers.clear();
    for (const carrier of carriers) carrier.kill();
  }

  /** Makes keys of what both sides know and of fresh random bytes of each, so that nothing of an earlier carrier opens on this one. */
  async #open(session: Session, carrierId: string): Promise<void> {
    this.#carriers.get(carrierId)?.kill();
    const carrier = new PageCarrier((bytes) => this.#options.send(carrierId, bytes));
    this.#carriers.set(carrierId, carrier);
    const own = this.#options.random(NONCE_BYTES);
    carrier.send(own);
    const theirs = await carrier.next();
    if (session.ended.aborted || typeof theirs === 'string' || theirs?.length !== NONCE_BYTES) {
      carrier.kill();
      return;
    }
    const isDialer = session.role === 'dialer';
    const nonces = { dialer: isDialer ? own : theirs, listener: isDialer ? theirs : own };
    session.attach(new SealedCarrier(carrier, carrierChannel(session.role, session.exporter, nonces)), null);
  }
}
