/** The Chromium that tests run in: HITHER_CHROMIUM, or the first one on PATH; `null` where there is none. */
export function findChromium(): string | null;
/** The full path of a program on PATH, or `null`. */
export function findProgram(name: string): string | null;
