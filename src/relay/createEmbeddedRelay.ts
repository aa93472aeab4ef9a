import { networkInterfaces } from 'node:os';
import type { Log } from '../shared/log';
import { byNeighbour } from '../shared/network/countAs';
import { createRelayOn, type Relay } from './createRelayOn';
import { MAILBOX_DEFAULTS } from './mailboxes/limits';
import { MemoryStore } from './mailboxes/MemoryStore';
import { DEFAULT_SETTINGS, type RelaySettings } from './settings/RelaySettings';

/** How long members have to move when it is turned off, in ms: the app that it is part of quits within three seconds. */
const DRAIN_MS = 1_500;
/** Members in all: a network has hundreds of devices, and the process has sessions and files to look after as well. */
const MAX_MEMBERS = 2_000;
/** Bytes that wait in all mailboxes: a quarter of what a relay with a process of its own may keep. */
const WAITING_BYTES_IN_ALL = 64 * 1024 * 1024;
const WAITING_BYTES_PER_ADDRESS = WAITING_BYTES_IN_ALL / 16;

/**
 * Makes the relay that an app runs beside its own work, for the network that it is on: on every address, in memory, without TLS,
 * TURN or metrics. It answers STUN: browsers hide their addresses behind names that only multicast resolves, and where that is blocked
 * two pages would find no way to each other. An address, a member and a mailbox are bounded as at a relay of its own, and
 * neighbours by IPv6 each for themselves.
 * @param port 0 for any free one
 */
export function createEmbeddedRelay(port: number, log: Log): Relay {
  const mailboxes = {
    ...MAILBOX_DEFAULTS,
    waitingBytesInAll: WAITING_BYTES_IN_ALL,
    waitingBytesPerAddress: WAITING_BYTES_PER_ADDRESS,
  };
  const settings: RelaySettings = {
    ...DEFAULT_SETTINGS,
    port,
    drainMs: DRAIN_MS,
    hasPages: false,
    hasMetrics: false,
    hasStun: true,
    limits: { ...DEFAULT_SETTINGS.limits, maxMembers: MAX_MEMBERS },
    mailboxes,
  };
  return createRelayOn(new MemoryStore(mailboxes), settings, { log, countAs: byNeighbour(ownAddresses) });
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((each = []) => each.map(({ address }) => address));
}
