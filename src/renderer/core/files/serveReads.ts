import type { EventData } from '../../../shared/contract/contract';
import type { ClientBackend } from '../ClientBackend';
import type { PageFiles } from './PageFiles';

type Files = Pick<PageFiles, 'slice' | 'readError'>;

/** Gives the backend the bytes of this page's files that it sends itself. */
export function serveReads(backend: ClientBackend, files: Files): void {
  backend.on('sources:read', (read) => {
    // A backend that is gone asks no more.
    serve(backend, files, read).catch(() => undefined);
  });
}

async function serve(backend: ClientBackend, files: Files, read: EventData<'sources:read'>): Promise<void> {
  const { jobId, sourceId, offsetBytes, lengthBytes } = read;
  try {
    await backend.requestWithBlob(
      'sources:bytes',
      { jobId },
      files.slice(sourceId, offsetBytes, lengthBytes),
    );
  } catch (error) {
    const failure = files.readError(sourceId, error).toFailure();
    await backend.request('sources:bytes', { jobId, failure });
  }
}
