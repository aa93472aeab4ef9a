import { HitherError } from '../../../shared/errors';
import type { ClientBackend } from '../ClientBackend';
import type { LocalItem } from '../types';
import type { PageFiles } from './PageFiles';

/**
 * Offers what a person dropped or picked in a session; resolves with the transfer's id.
 * @throws HitherError `nothing-to-send`, or what the backend refuses it with
 */
export async function offerFiles(
  backend: ClientBackend,
  files: PageFiles,
  sessionId: string,
  items: readonly LocalItem[],
): Promise<string> {
  if (items.length === 0) throw new HitherError('nothing-to-send');
  const { offer, sourceIds } = await files.offerItems(items);
  try {
    const { transferId } = await backend.request('transfers:offer', { sessionId, items: offer });
    files.bind(transferId, sourceIds);
    files.keepPicture(transferId, items);
    return transferId;
  } catch (error) {
    files.release(sourceIds);
    throw error;
  }
}
