/** Steps of a meter that is drawn. */
export const LEVEL_STEPS = 20;
/** What a meter shows as nothing, in dB of full scale; a quiet room is below. */
const FLOOR_DB = -60;

/** Steps of a meter for a root mean square from 0 to 1. */
export function stepsOf(rms: number): number {
  const db = 20 * Math.log10(Math.max(rms, 1e-6));
  return Math.round(Math.min(1, Math.max(0, 1 - db / FLOOR_DB)) * LEVEL_STEPS);
}
