import type { Level } from './LevelMeters';

/** −60 dB of full scale: below it nothing is heard, and what a codec makes of silence is softer. */
const QUIET_PEAK = 0.001;
/** How long nothing may sound before that is called silence, in ms: a pause between two songs is shorter. */
const SILENT_AFTER_MS = 5_000;

/** Whether a sound that should be there is silent. One for each stream: a new one begins anew. */
export class SilenceWatch {
  #quietSinceMs: number | null = null;

  /** Hears a level, at a time in ms that only goes up; returns whether it has been silent for five seconds. */
  update({ peak }: Pick<Level, 'peak'>, atMs: number): boolean {
    if (peak >= QUIET_PEAK) this.#quietSinceMs = null;
    else this.#quietSinceMs ??= atMs;
    return this.#quietSinceMs !== null && atMs - this.#quietSinceMs >= SILENT_AFTER_MS;
  }
}
