import type { AppBackend } from '../backend/createBackend';
import type { EmbeddedRelayState } from '../shared/contract/embeddedRelay';
import type { Failure } from '../shared/errors';

/** The relay that the command line asks for can't run on its port. */
export class RelayPortError extends Error {
  readonly port: number;
  readonly code: Failure['code'];

  constructor(port: number, { code }: Failure) {
    super(`no relay on port ${port}: ${code}`);
    this.name = 'RelayPortError';
    this.port = port;
    this.code = code;
  }
}

/**
 * Starts the relay that the command line asks for; without one, the settings decide, later.
 * Where it can't run, the backend is closed, as the start is over.
 * @throws RelayPortError
 */
export async function openAskedRelay(
  relayPort: number | null,
  backend: Pick<AppBackend, 'openEmbeddedRelay' | 'close'>,
): Promise<void> {
  if (relayPort === null) return;
  const state = await backend.openEmbeddedRelay();
  if (state.phase !== 'failed') return;
  await backend.close();
  throw new RelayPortError(relayPort, state.failure);
}

/** What is printed of a relay that is on: a line for each of its addresses. */
export function relayLines(state: EmbeddedRelayState): string[] {
  if (state.phase !== 'on') return [];
  if (state.urls.length === 0) return [`The relay is on port ${state.port}; this machine is on no network.`];
  return state.urls.map((url) => `The relay is at ${url}`);
}
