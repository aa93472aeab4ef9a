import type { PowerSaveBlocker } from 'electron';
import { named } from './named';

const started = new Set<number>();
let lastId = -1;

/** Electron's `powerSaveBlocker`: keeps count and nothing awake. */
export const powerSaveBlocker = named('powerSaveBlocker', {
  start() {
    started.add(++lastId);
    return lastId;
  },
  stop: (id: number) => started.delete(id),
  isStarted: (id: number) => started.has(id),
} satisfies Partial<PowerSaveBlocker>);
