import type { Piece } from './PulseServer';

const RATE = 48_000;
/** A click is a burst of 2 kHz that lasts so long, in ms; most of a second of silence follows. */
const CLICK_MS = 8;
const CLICK_HERTZ = 2_000;
/** Louder than this is a click, of 32,768. */
const LOUD = 4_000;
/** After a click no other one begins for so long, in ms: echoes of codecs are none. */
const REST_MS = 300;

/** Clicks for so many seconds, at odd times, so that no clock's beat is met. */
export function clicks(seconds: number): Int16Array {
  const samples = new Int16Array(seconds * RATE);
  for (let atMs = 700; atMs < seconds * 1000 - 700; atMs += 617)
    for (let n = 0; n < (RATE * CLICK_MS) / 1000; n++)
      samples[(atMs * RATE) / 1000 + n] = 20_000 * Math.sin((2 * Math.PI * CLICK_HERTZ * n) / RATE);
  return samples;
}

/** When each click began, in ms since the epoch. */
export function onsets(heard: readonly Piece[]): number[] {
  const found: number[] = [];
  for (const { atMs, samples } of heard)
    samples.forEach((sample, index) => {
      const at = atMs - ((samples.length - index) * 1000) / RATE;
      if (Math.abs(sample) >= LOUD && at - (found.at(-1) ?? 0) > REST_MS) found.push(at);
    });
  return found;
}

/** From each click at the mouth to the same at the ear, in ms; one that never came is left out. */
export function delays(mouth: readonly number[], ear: readonly number[]): number[] {
  return mouth.flatMap((saidMs) => {
    const heardMs = ear.find((at) => at > saidMs);
    return heardMs !== undefined && heardMs - saidMs < 600 ? [heardMs - saidMs] : [];
  });
}
