import { checkedEvent, resultOf } from '../../shared/contract/backend';
import type { Bridge } from '../../shared/contract/bridge';
import type {
  EventData,
  EventMap,
  EventName,
  RequestArgs,
  RequestName,
  RequestResult,
} from '../../shared/contract/contract';
import { Emitter } from '../../shared/Emitter';
import { HitherError } from '../../shared/errors';
import type { BlobRequestName, ClientBackend } from '../core/ClientBackend';

/** The desktop app's backend: the Electron main process, over the preload's bridge. */
export class IpcBackend implements ClientBackend {
  readonly #bridge: Bridge;
  readonly #events = new Emitter<EventMap>();

  /** @param bridge `window.hither`, as the preload put it there */
  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    bridge.onEvent((name, data) => {
      const event = checkedEvent(name, data);
      if (event !== null) this.#events.emit(event.name, event.data);
    });
  }

  async request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<RequestResult<N>> {
    const outcome = await this.#bridge.request(name, args).catch((error: unknown) => {
      throw new HitherError('backend-gone', { request: name }, error);
    });
    return resultOf(name, outcome);
  }

  async requestWithBlob<N extends BlobRequestName>(
    name: N,
    args: Omit<RequestArgs<N>, 'bytes'>,
    blob: Blob,
  ): Promise<RequestResult<N>> {
    return this.request(name, { ...args, bytes: new Uint8Array(await blob.arrayBuffer()) } as RequestArgs<N>);
  }

  on<E extends EventName>(name: E, listener: (data: EventData<E>) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** The main process lives as long as its page, so there is never anything to tell. */
  onConnection(): () => void {
    return () => undefined;
  }
}
