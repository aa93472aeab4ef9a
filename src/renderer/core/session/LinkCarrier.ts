import type { Backend } from '../../../shared/contract/backend';
import { HitherError } from '../../../shared/errors';
import type { PeerLink } from '../peer/PeerLink';

export interface LinkCarrierOptions {
  backend: Backend;
  sessionId: string;
  link: Pick<PeerLink, 'events' | 'sendFrame'>;
  /** The peer sent what breaks the protocol. */
  onViolation: () => void;
}

/** The first data channel of a peer link, as a carrier of the backend's session. What passes is sealed, and nothing to the page. */
export class LinkCarrier {
  readonly #options: LinkCarrierOptions;
  readonly #carrierId = crypto.randomUUID();
  readonly #stop: (() => void)[];

  constructor(options: LinkCarrierOptions) {
    this.#options = options;
    const { backend, link } = options;
    this.#stop = [
      backend.on('carriers:send', ({ carrierId, bytes }) => {
        if (carrierId === this.#carrierId) link.sendFrame(bytes);
      }),
      link.events.on('frame', (bytes) => this.#receive(bytes)),
    ];
    this.open();
  }

  /** Announces it to the backend, also to one that knows of none any more. */
  open(): void {
    const { backend, sessionId } = this.#options;
    void backend.request('carriers:open', { sessionId, carrierId: this.#carrierId }).catch(() => undefined);
  }

  close(): void {
    for (const stop of this.#stop.splice(0)) stop();
    void this.#options.backend
      .request('carriers:close', { carrierId: this.#carrierId })
      .catch(() => undefined);
  }

  #receive(bytes: Uint8Array<ArrayBuffer>): void {
    this.#options.backend
      .request('carriers:frame', { carrierId: this.#carrierId, bytes })
      .catch((error: unknown) => {
        if (error instanceof HitherError && error.code === 'bad-request') this.#options.onViolation();
      });
  }
}
