/** The Electron runtime of this machine, or `null`. */
export function findElectron(): string | null;
/** Lets the npm package fetch its runtime, for a few seconds; the runtime or `null`. */
export function fetchElectron(): Promise<string | null>;
