import type { RequestHandlers } from '../../../shared/contract/backend';
import { HitherError } from '../../../shared/errors';
import type { Clock, Random } from '../../ports';
import type { SessionLimits } from '../timings';
import { type CarriedSession, KeyedWire } from './KeyedWire';

type CarrierHandlers = Pick<RequestHandlers, 'carriers:open' | 'carriers:frame' | 'carriers:close'>;

export interface PageCarriersOptions {
  random: Random;
  clock: Clock;
  limits: SessionLimits;
  /** @throws HitherError `unknown-session` */
  sessionOf: (sessionId: string) => CarriedSession;
  /** Hands a frame to the page, for the peer. */
  send: (carrierId: string, bytes: Uint8Array<ArrayBuffer>) => void;
}

/** The carriers that pages bring: the data channels of their peer links, sealed with keys of the session's. */
export class PageCarriers {
  readonly handlers: CarrierHandlers;
  readonly #wires = new Map<string, { wire: KeyedWire; stop: () => void }>();

  constructor(options: PageCarriersOptions) {
    this.handlers = {
      'carriers:open': ({ sessionId, carrierId }) => {
        const session = options.sessionOf(sessionId);
        if (!session.isVerified) throw new HitherError('not-verified');
        this.#close(carrierId);
        const stop = session.events.on('ended', () => this.#close(carrierId));
        const send = (bytes: Uint8Array<ArrayBuffer>): void => options.send(carrierId, bytes);
        const wire = new KeyedWire({ ...options, session, kind: 'data-channel', route: () => null, send });
        this.#wires.set(carrierId, { wire, stop });
        return {};
      },
      'carriers:frame': ({ carrierId, bytes }) => {
        // A view of what the page's socket brought, which is used again.
        this.#wires.get(carrierId)?.wire.deliver(bytes.slice());
        return {};
      },
      'carriers:close': ({ carrierId }) => {
        this.#close(carrierId);
        return {};
      },
    };
  }

  /** The page is gone, and its links with it. */
  pageGone(): void {
    for (const carrierId of [...this.#wires.keys()]) this.#close(carrierId);
  }

  #close(carrierId: string): void {
    const opened = this.#wires.get(carrierId);
    opened?.stop();
    opened?.wire.close();
    this.#wires.delete(carrierId);
  }
}
