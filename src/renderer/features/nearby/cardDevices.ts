import type { NearbyDevice } from '../../../shared/contract/nearby';
import type { TrustedDevice } from '../../../shared/contract/trust';
import type { Platform } from '../../../shared/device';

/** A device that has a card of its own. */
export interface CardDevice {
  deviceId: string;
  /** What this person calls it, or it calls itself. */
  name: string;
  /** `null` of one that was sent something and is neither here nor trusted any more. */
  platform: Platform | null;
  appVersion: string | null;
  /** `reachable`: not on this network, and a relay leads there. */
  presence: 'online' | 'incompatible' | 'reachable' | 'away';
  /** When a trusted device was here last, in ms since the epoch; `null` of others. */
  lastSeenMs: number | null;
}

/**
 * Whoever has a card: the devices on the network, in their order, then those that something was sent to and that are gone, then
 * trusted ones that are away: those that can be reached first, then those seen last.
 * @param inSession devices that have a card among the sessions
 * @param reachable trusted devices that can be reached through a relay now, by id
 */
export function cardDevices(
  nearby: readonly NearbyDevice[],
  trusted: readonly TrustedDevice[],
  sendings: readonly { deviceId: string; title: string }[],
  inSession: ReadonlySet<string>,
  reachable: readonly string[] = [],
): CardDevice[] {
  const known = new Map(trusted.map((device) => [device.deviceId, device]));
  const cards = new Map<string, CardDevice>();
  const add = (card: CardDevice): void => {
    if (!cards.has(card.deviceId) && !inSession.has(card.deviceId)) cards.set(card.deviceId, card);
  };
  for (const { device, isCompatible } of nearby) {
    const { deviceId, name, platform, appVersion } = device;
    const pinned = known.get(deviceId);
    add({
      ...{ deviceId, platform, appVersion },
      name: pinned?.name ?? name,
      presence: isCompatible ? 'online' : 'incompatible',
      lastSeenMs: pinned?.lastSeenMs ?? null,
    });
  }
  const away = (deviceId: string, name: string): CardDevice => {
    const { platform = null, lastSeenMs = null } = known.get(deviceId) ?? {};
    const presence = reachable.includes(deviceId) ? 'reachable' : 'away';
    return { deviceId, name, platform, appVersion: null, presence, lastSeenMs };
  };
  for (const { deviceId, title } of sendings) add(away(deviceId, title));
  const isFar = ({ deviceId }: TrustedDevice): number => (reachable.includes(deviceId) ? 0 : 1);
  for (const { deviceId, name } of [...trusted].sort(
    (a, b) => isFar(a) - isFar(b) || b.lastSeenMs - a.lastSeenMs,
  ))
    add(away(deviceId, name));
  return [...cards.values()];
}
