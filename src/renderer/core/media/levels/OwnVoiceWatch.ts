import type { Level } from './LevelMeters';
import { isVoice, SpeakingDetector } from './SpeakingDetector';

/** What a person should know of their own microphone. */
export type VoiceHint = 'none' | 'silent' | 'muted-speaking';

/** How long a microphone that is on may give nothing at all, in ms; one in a quiet room still gives noise. */
const SILENT_AFTER_MS = 8_000;
/** How long somebody has spoken into a muted microphone before they are told, in ms: a word to somebody beside is shorter. */
const SPOKEN_AFTER_MS = 1_000;
/** How long that hint stays after the last word, in ms: time to read it and to press the key. */
const HINT_STAYS_MS = 4_000;

/** Notices what goes wrong with one's own microphone. One for each capture: a new one begins anew. */
export class OwnVoiceWatch {
  readonly #speaking = new SpeakingDetector();
  #silentSinceMs: number | null = null;
  #spokenSinceMs: number | null = null;
  #hintUntilMs = 0;
  #wasMuted = false;

  /** Hears a level of the microphone, as it is before a mute; returns what to tell the person now. */
  update(level: Level, isMuted: boolean, atMs: number): VoiceHint {
    if (isMuted !== this.#wasMuted) this.#begin(isMuted);
    const isSpeaking = this.#speaking.update(level, atMs);
    if (isMuted) return this.#muted(isSpeaking, isVoice(level), atMs);
    if (level.peak > 0) {
      this.#silentSinceMs = null;
      return 'none';
    }
    this.#silentSinceMs ??= atMs;
    return atMs - this.#silentSinceMs >= SILENT_AFTER_MS ? 'silent' : 'none';
  }

  /** @param isVoice right now: speaking outlasts a breath, and so a single word */
  #muted(isSpeaking: boolean, isVoice: boolean, atMs: number): VoiceHint {
    if (isSpeaking) {
      this.#spokenSinceMs ??= atMs;
      if (isVoice && atMs - this.#spokenSinceMs >= SPOKEN_AFTER_MS) this.#hintUntilMs = atMs + HINT_STAYS_MS;
    } else {
      this.#spokenSinceMs = null;
    }
    return atMs < this.#hintUntilMs ? 'muted-speaking' : 'none';
  }

  /** The last word before a mute is none into the muted microphone. */
  #begin(isMuted: boolean): void {
    this.#wasMuted = isMuted;
    this.#silentSinceMs = null;
    this.#spokenSinceMs = null;
    this.#hintUntilMs = 0;
  }
}
