import type { Backend } from '../../shared/contract/backend';
import type { RequestArgs, RequestResult } from '../../shared/contract/contract';

/** Requests that may bring what a blob holds. */
export type BlobRequestName = 'sources:bytes';

/** The backend, and what only a page can give it. */
export interface ClientBackend extends Backend {
  /**
   * As `request`, with what a blob holds as `bytes`. Where the way to the backend allows it, the page itself never has them
   * in memory. Such requests may overtake each other and others.
   * @throws as `request`; DOMException where the blob can't be read, as when its file changed
   */
  requestWithBlob<N extends BlobRequestName>(
    name: N,
    args: Omit<RequestArgs<N>, 'bytes'>,
    blob: Blob,
  ): Promise<RequestResult<N>>;
}
