import { createRelayOn, type Relay, type RelayOptions } from './createRelayOn';
import { MemoryStore } from './mailboxes/MemoryStore';
import { RedisStore } from './redis/RedisStore';
import type { RelaySettings } from './settings/RelaySettings';

/**
 * Makes a relay with its mailboxes where the settings say: in this process, or in a Redis.
 * @throws RelaySettingsError if the settings make no safe relay
 */
export function createRelay(settings: RelaySettings, options: RelayOptions): Relay {
  const { mailboxes, redis } = settings;
  const store = redis === null ? new MemoryStore(mailboxes) : new RedisStore(redis, mailboxes, options.log);
  return createRelayOn(store, settings, options);
}
