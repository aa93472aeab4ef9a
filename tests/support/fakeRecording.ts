import type { Core } from '../../src/renderer/core/types';

/** Recordings of a browser that can, which are written down. */
export function fakeRecording(note: (name: string, args: unknown) => void): Core['recording'] {
  return {
    canRecord: true,
    ask: (...args) => {
      note('record', args);
      return Promise.resolve();
    },
    stop: () => note('stopRecording', []),
  };
}
