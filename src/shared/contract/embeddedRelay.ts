import { z } from 'zod';
import { Failure } from '../errors';
import { RelayUrl } from '../protocol/relayUrl';

/** Addresses of one relay that a page is shown: a machine has a handful, and one with many container networks dozens. */
export const MAX_EMBEDDED_RELAY_URLS = 64;

/** How the relay stands that this device runs for its network. */
export const EmbeddedRelayState = z.discriminatedUnion('phase', [
  /** This backend has no sockets to run one with. */
  z.object({ phase: z.literal('unavailable') }),
  z.object({ phase: z.literal('off') }),
  z.object({ phase: z.literal('starting') }),
  /** Where other devices reach it, best first; nowhere while this machine is on no network. */
  z.object({ phase: z.literal('on'), port: z.int(), urls: z.array(RelayUrl).max(MAX_EMBEDDED_RELAY_URLS) }),
  /** Whoever is connected is told, and has a moment to move. */
  z.object({ phase: z.literal('stopping') }),
  z.object({ phase: z.literal('failed'), failure: Failure }),
]);
export type EmbeddedRelayState = z.infer<typeof EmbeddedRelayState>;

export const embeddedRelayEvents = { 'embeddedRelay:changed': EmbeddedRelayState } as const;

/**
 * The relay of this device's invites and codes: the one that was set, else the one that it runs itself.
 * @param relayUrl the one in the settings
 */
export function relayInUse(relayUrl: RelayUrl | null, own: EmbeddedRelayState): RelayUrl | null {
  return relayUrl ?? (own.phase === 'on' ? (own.urls[0] ?? null) : null);
}
