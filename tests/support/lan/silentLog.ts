import type { Log } from '../../../src/backend/ports';

const ignore = (): void => undefined;

/** A log for tests that don't look at it. */
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
