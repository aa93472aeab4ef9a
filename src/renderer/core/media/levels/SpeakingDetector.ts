import type { Level } from './LevelMeters';

/** −45 dB of full scale: a voice at arm's length is some 15 dB louder, a room behind noise suppression 20 dB softer. */
const SPEAKS_RMS = 0.0056;
/** −50 dB: the end of a word is softer than its beginning. */
const QUIET_RMS = 0.0032;
/** A click of a key or a mouse is shorter, in ms. */
const BEGINS_AFTER_MS = 150;
/** Pauses between words are shorter, in ms. */
const ENDS_AFTER_MS = 700;

/** Whether a level is that of a voice, and of no room. */
export function isVoice({ rms }: Pick<Level, 'rms'>): boolean {
  return rms >= SPEAKS_RMS;
}

/** Whether somebody speaks, from how loud they are: begins late enough for no click to count, and outlasts a breath. */
export class SpeakingDetector {
  #isSpeaking = false;
  /** Since when it has been the other way round; `null` while it isn't. */
  #sinceMs: number | null = null;

  /** Hears a level, at a time in ms that only goes up; returns whether somebody speaks. */
  update(level: Pick<Level, 'rms'>, atMs: number): boolean {
    const isOther = this.#isSpeaking ? level.rms < QUIET_RMS : isVoice(level);
    if (!isOther) {
      this.#sinceMs = null;
      return this.#isSpeaking;
    }
    this.#sinceMs ??= atMs;
    if (atMs - this.#sinceMs >= (this.#isSpeaking ? ENDS_AFTER_MS : BEGINS_AFTER_MS)) {
      this.#isSpeaking = !this.#isSpeaking;
      this.#sinceMs = null;
    }
    return this.#isSpeaking;
  }
}
