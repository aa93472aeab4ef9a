import type { RequestHandlers } from '../../shared/contract/backend';
import { HitherError } from '../../shared/errors';
import { hasPictureName, MAX_PICTURE_BYTES } from '../../shared/pictures';
import type { FileAccess } from '../ports';
import type { TransferList } from './TransferList';

type ListAction = 'clear' | 'forget' | 'entries' | 'reveal' | 'picture' | 'history';

export interface ListPorts {
  files: Pick<FileAccess, 'readWhole'>;
  /** Shows a path in the file manager. */
  reveal: (path: string) => Promise<void>;
}

/** What a person looks at in the list of transfers, and has it forget. */
export function listHandlers(
  list: TransferList,
  { files, reveal }: ListPorts,
): Pick<RequestHandlers, `transfers:${ListAction}`> {
  return {
    'transfers:clear': async () => {
      await list.clear();
      return {};
    },
    'transfers:forget': async ({ transferId }) => {
      await list.forget(transferId);
      return {};
    },
    'transfers:entries': ({ transferId, from, count }) => {
      if (list.past(transferId)) return { total: 0, entries: [] };
      const entries = list.get(transferId).shownEntries;
      return { total: entries.length, entries: entries.slice(from, from + count) };
    },
    'transfers:reveal': async ({ transferId }) => {
      const path = list.past(transferId)?.revealPath ?? list.get(transferId).revealPath;
      if (path !== null) await reveal(path);
      return {};
    },
    'transfers:picture': async ({ transferId }) => {
      const path = list.receivedFile(transferId);
      if (path === null || !hasPictureName(path)) throw new HitherError('not-allowed');
      return { bytes: await files.readWhole(path, MAX_PICTURE_BYTES) };
    },
    'transfers:history': ({ query, from, count }) => list.search(query, from, count),
  };
}
