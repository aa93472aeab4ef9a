import type { ReadItems } from '../../core/types';
import type { AppModel } from '../store';

/**
 * Has a person choose a folder, and hands on what reads it; nothing where they cancel. `null` where the page has no such dialog, and an
 * `<input>` has to do.
 */
export function folderPicker(model: AppModel, send: (read: ReadItems) => void): (() => void) | null {
  const { folders } = model.core;
  if (folders.kind === 'input') return null;
  return () =>
    void model.attempt(async () => {
      const read = await folders.choose();
      if (read) send(read);
    });
}
