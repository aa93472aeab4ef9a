/** How loud the sound of a screen is played here. */
export interface Volume {
  /** Of the sound as it comes, from 0 to 1. */
  level: number;
  isMuted: boolean;
}

/** As it comes. */
export const FULL_VOLUME: Volume = { level: 1, isMuted: false };

/** The volume after a hand was on its slider: at nothing it is muted, and anything else is heard. */
export function volumeAt(level: number): Volume {
  return level === 0 ? { ...FULL_VOLUME, isMuted: true } : { level, isMuted: false };
}
