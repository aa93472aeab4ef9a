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
  const { jobId, parts } = read;
  try {
    const slices = parts.map(({ sourceId, offsetBytes, lengthBytes }) =>
      files.slice(sourceId, offsetBytes, lengthBytes),
    );
    await backend.requestWithBlob('sources:bytes', { jobId }, new Blob(slices));
  } catch (error) {
    // The backend asks for each part by itself where a read of many failed, so whose name is told does not matter there.
    const failure = files.readError(parts[0]?.sourceId ?? '', error).toFailure();
    await backend.request('sources:bytes', { jobId, failure });
  }
}
