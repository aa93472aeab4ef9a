import type { Level } from '../../src/renderer/core/media/levels/LevelMeters';
import type { UserMediaControls, UserPreview } from '../../src/renderer/core/media/user/UserMedia';

/** Microphone and camera of a made-up core: writes down what it is asked for, and is as loud as it is told. */
export class FakeUserMedia implements UserMediaControls {
  readonly #note: (name: string, args: unknown) => void;
  readonly #listeners = new Map<MediaStream, Set<(level: Level) => void>>();
  readonly levels = {
    watch: (stream: MediaStream, listener: (level: Level) => void) => {
      const listeners = this.#listeners.get(stream) ?? new Set();
      this.#listeners.set(stream, listeners.add(listener));
      return () => listeners.delete(listener);
    },
  };

  constructor(note: (name: string, args: unknown) => void) {
    this.#note = note;
  }

  turnOn(...args: Parameters<UserMediaControls['turnOn']>): Promise<void> {
    this.#note('turnOn', args);
    return Promise.resolve();
  }

  turnOff(...args: Parameters<UserMediaControls['turnOff']>): void {
    this.#note('turnOff', args);
  }

  preview(...args: Parameters<UserMediaControls['preview']>): Promise<UserPreview> {
    this.#note('preview', args);
    return Promise.resolve({ stream: new MediaStream(), stop: () => undefined });
  }

  /** Everybody who looks at this stream hears this. */
  hear(stream: MediaStream, level: Level): void {
    for (const listener of this.#listeners.get(stream) ?? []) listener(level);
  }
}
