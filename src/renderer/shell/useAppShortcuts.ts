import { useHotkeys } from '@mantine/hooks';
import { useModel } from '../state/AppModelContext';

/** Shortcuts that work in every view. */
export const appShortcuts = { transfers: 'mod+J', settings: 'mod+,' } as const;

/** Shortcuts of a session that is open. */
export const sessionShortcuts = { stats: 'mod+I', record: 'mod+shift+E' } as const;

/** Listens to them, also while a field has the focus: none of them types anything. */
export function useAppShortcuts(): void {
  const model = useModel();
  useHotkeys(
    [
      [appShortcuts.transfers, () => model.toggleTransfers()],
      [appShortcuts.settings, () => model.open({ kind: 'settings' })],
    ],
    [],
  );
}

/**
 * Listens to those of a session.
 * @param record asks whether the session may be recorded, or stops that
 */
export function useSessionShortcuts(sessionId: string, record: () => void): void {
  const model = useModel();
  const toggleStats = (): void => {
    const { kind } = model.store.getState().ui.dialog;
    if (kind === 'none') model.open({ kind: 'stats', sessionId });
    else if (kind === 'stats') model.open({ kind: 'none' });
  };
  useHotkeys(
    [
      [sessionShortcuts.stats, toggleStats],
      [sessionShortcuts.record, record],
    ],
    [],
  );
}
