import type { Backend } from '../../../shared/contract/backend';
import { failureOf } from '../../../shared/errors';
import type { PageFiles } from './PageFiles';

/** Gives the backend the bytes of this page's files that it sends itself. */
export function serveReads(backend: Backend, files: Pick<PageFiles, 'read'>): void {
  backend.on('sources:read', ({ jobId, sourceId, offsetBytes, lengthBytes }) => {
    files
      .read(sourceId, offsetBytes, lengthBytes)
      .then(
        (bytes) => backend.request('sources:bytes', { jobId, bytes }),
        (error: unknown) => backend.request('sources:bytes', { jobId, failure: failureOf(error) }),
      )
      // A backend that is gone asks no more.
      .catch(() => undefined);
  });
}
