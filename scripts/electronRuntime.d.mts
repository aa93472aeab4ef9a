/** The Electron runtime of this machine, or `null`. */
export function findElectron(): string | null;
