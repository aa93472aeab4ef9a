import type { RequestHandlers } from '../../shared/contract/backend';
import type { TransferList } from './TransferList';

type ListAction = 'clear' | 'forget' | 'entries' | 'reveal' | 'history';

/** What a person looks at in the list of transfers, and has it forget. @param reveal shows a path in the file manager */
export function listHandlers(
  list: TransferList,
  reveal: (path: string) => Promise<void>,
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
    'transfers:history': ({ query, from, count }) => list.search(query, from, count),
  };
}
