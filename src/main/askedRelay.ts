import type { AppBackend } from '../backend/createBackend';
import type { EmbeddedRelayState } from '../shared/contract/embeddedRelay';
import type { Failure } from '../shared/errors';
import { relayFailureText } from './relayFailureText';

/** The relay that the command line asks for can't run on its port. */
export class RelayPortError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`no relay: ${failure.code}`);
    this.name = 'RelayPortError';
    this.failure = failure;
  }
}

/**
 * Starts the relay that the command line asks for; without one, the settings decide, later.
 * Where it can't run, the backend is closed, as the start is over.
 * @throws RelayPortError, or Error for a fault of ours, which is in the log
 */
export async function openAskedRelay(
  relayPort: number | null,
  backend: Pick<AppBackend, 'openEmbeddedRelay' | 'close'>,
): Promise<void> {
  if (relayPort === null) return;
  const state = await backend.openEmbeddedRelay();
  if (state.phase !== 'failed') return;
  await backend.close();
  if (state.failure.code === 'internal') throw new Error('the relay failed to start');
  throw new RelayPortError(state.failure);
}

/** Prints where the relay is that is on, a line for each of its addresses, or why the one that the settings want can't run. */
export function printRelay(
  state: EmbeddedRelayState,
  language: 'en' | 'ko',
  { stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>,
): void {
  if (state.phase === 'failed') stderr.write(`${relayFailureText(state.failure, 'settings', language)}\n`);
  if (state.phase !== 'on') return;
  if (state.urls.length === 0)
    stdout.write(`The relay is on port ${state.port}; this machine is on no network.\n`);
  for (const url of state.urls) stdout.write(`The relay is at ${url}\n`);
}
