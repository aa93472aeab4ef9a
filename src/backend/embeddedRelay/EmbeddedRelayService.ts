import { type EmbeddedRelayState, MAX_EMBEDDED_RELAY_URLS } from '../../shared/contract/embeddedRelay';
import { failureOf, HitherError } from '../../shared/errors';
import { lanRelayUrl } from '../../shared/protocol/relayUrl';
import type { CreateEmbeddedRelay, EmbeddedRelay, Log } from '../ports';

export interface EmbeddedRelayOptions {
  /** `null` where this host can run none. */
  create: CreateEmbeddedRelay | null;
  /** The port on which a person wants one, 0 for any free one; `null` for none. */
  wantedPort: () => number | null;
  onChange: (state: EmbeddedRelayState) => void;
  log: Log;
}

/** The relay that this device runs for its network: on while the person wants it. */
export class EmbeddedRelayService {
  readonly #options: EmbeddedRelayOptions;
  readonly #relay: EmbeddedRelay | null;
  #state: EmbeddedRelayState;
  /** The port that was tried last; another try at the same one comes after it was turned off. */
  #triedPort: number | null = null;
  #steps: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: EmbeddedRelayOptions) {
    this.#options = options;
    this.#relay = options.create?.(() => this.#tellPlace()) ?? null;
    this.#state = { phase: this.#relay === null ? 'unavailable' : 'off' };
  }

  get state(): EmbeddedRelayState {
    return this.#state;
  }

  /** Turns it on, off or to another port, as it is wanted now. @returns how it stands then */
  async follow(): Promise<EmbeddedRelayState> {
    // One after the other: who turns it off and on at once means the same port.
    this.#steps = this.#steps.then(() => this.#step());
    await this.#steps;
    return this.#state;
  }

  /** Turns it off for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.follow();
  }

  async #step(): Promise<void> {
    const relay = this.#relay;
    const port = this.#isClosed ? null : this.#options.wantedPort();
    if (relay === null || port === this.#triedPort) return;
    if (this.#state.phase === 'on') this.#tell({ phase: 'stopping' });
    this.#triedPort = port;
    try {
      await relay.stop();
      if (port === null) {
        this.#tell({ phase: 'off' });
        return;
      }
      this.#tell({ phase: 'starting' });
      await relay.start(port);
      this.#tellPlace();
    } catch (error) {
      const { log } = this.#options;
      if (error instanceof HitherError) log.info('embedded-relay', { problem: error.code });
      else log.error('embedded-relay', { error });
      this.#tell({ phase: 'failed', failure: failureOf(error) });
    }
  }

  #tellPlace(): void {
    const { place } = this.#relay ?? { place: null };
    if (place === null) return;
    const urls = place.addresses.map((address) => lanRelayUrl(address)).filter((url) => url !== null);
    this.#tell({ phase: 'on', port: place.port, urls: urls.slice(0, MAX_EMBEDDED_RELAY_URLS) });
  }

  #tell(state: EmbeddedRelayState): void {
    this.#state = state;
    this.#options.onChange(state);
  }
}
