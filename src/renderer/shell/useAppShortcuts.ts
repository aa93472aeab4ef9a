import { useHotkeys } from '@mantine/hooks';
import { useModel } from '../state/AppModelContext';

/** Shortcuts that work in every view. */
export const appShortcuts = { transfers: 'mod+J', settings: 'mod+,' } as const;

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
