import type { GlobalShortcut } from 'electron';
import { named } from './named';

const held = new Map<string, () => void>();

/** Electron's `globalShortcut`: hears no keyboard. A spec presses keys by `press`, which the real one lacks. */
export const globalShortcut = named('globalShortcut', {
  register(accelerator: string, callback: () => void) {
    if (held.has(accelerator)) return false;
    held.set(accelerator, callback);
    return true;
  },
  unregister: (accelerator: string) => void held.delete(accelerator),
  isRegistered: (accelerator: string) => held.has(accelerator),
  press: (accelerator: string) => held.get(accelerator)?.(),
} satisfies Partial<GlobalShortcut> & { press: (accelerator: string) => void });
