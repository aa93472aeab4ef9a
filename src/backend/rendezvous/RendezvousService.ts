import type { TrustedDevice } from '../../shared/contract/trust';
import { RENDEZVOUS_FEATURE, RendezvousMessage } from '../../shared/protocol/rendezvous';
import type { Cancel, FeatureSession, SessionFeature } from '../ports';
import type { RelayWay } from '../sessions/relay/RelayWay';
import { DeviceDoors, type DeviceDoorsOptions } from './DeviceDoors';

/** Doors cost a socket each: of many trusted devices those count that were here last. */
const MAX_DEVICES = 24;
/** How often it is looked whether another day has begun, or a door is to be opened again, in ms. */
const LOOK_MS = 60_000;

export interface RendezvousServiceOptions extends Pick<
  DeviceDoorsOptions,
  'openSocket' | 'clock' | 'random' | 'answer' | 'sideOf'
> {
  /** The relay at which trusted devices may find this one; `null` where the person does not want that. */
  relayUrl: () => string | null;
  trusted: () => readonly TrustedDevice[];
  /** At which relay a trusted device said that it can be found. */
  relayOf: (deviceId: string) => string | null;
  /** Keeps what a trusted device says of that. */
  keepRelay: (deviceId: string, relayUrl: string | null) => void;
  /** What only this device and one with that key can know. */
  sharedWith: (identityKey: string) => Uint8Array;
  send: (sessionId: string, message: RendezvousMessage) => void;
  /** Has a session meet at a relay as well. */
  meetAt: (sessionId: string, relayUrl: string) => void;
  roleIn: (sessionId: string) => 'dialer' | 'listener';
  /** Trusted devices that can be reached through a relay now, by id. */
  onChange: (deviceIds: string[]) => void;
  /** A device has come to a door. */
  onSeen: (deviceId: string) => void;
}

/**
 * Lets trusted devices find each other through a relay: each waits for each other one at a mailbox that only the two know, and
 * that is another one every day. In a session they tell each other at which relay that is, and meet there as well, so that the
 * session outlives the network that it began on.
 */
export class RendezvousService implements SessionFeature<RendezvousMessage> {
  readonly name = RENDEZVOUS_FEATURE;
  readonly schema = RendezvousMessage;
  readonly #options: RendezvousServiceOptions;
  /** By device id. */
  readonly #doors = new Map<string, DeviceDoors>();
  /** Sessions that are on, with what the peer said in them. */
  readonly #sessions = new Map<
    string,
    { session: FeatureSession; said: string | null; heard: string | null }
  >();
  #cancelLook: Cancel = () => undefined;
  #reachable: string[] = [];
  #isClosed = false;

  constructor(options: RendezvousServiceOptions) {
    this.#options = options;
  }

  /** Trusted devices that can be reached through a relay now, by id. */
  get reachable(): string[] {
    return [...this.#reachable];
  }

  /** The way to a device that can be reached through a relay now, or `null`. */
  wayTo(deviceId: string): RelayWay | null {
    return this.#doors.get(deviceId)?.way ?? null;
  }

  /** Settings, trusted devices or the day may have changed: waits where it should from now on. */
  update(): void {
    if (this.#isClosed) return;
    this.#cancelLook();
    const own = this.#options.relayUrl();
    const devices = own === null ? [] : this.#options.trusted();
    const wanted = [...devices].sort((a, b) => b.lastSeenMs - a.lastSeenMs).slice(0, MAX_DEVICES);
    const ids = new Set(wanted.map(({ deviceId }) => deviceId));
    for (const [deviceId, doors] of this.#doors) {
      if (ids.has(deviceId)) continue;
      this.#doors.delete(deviceId);
      doors.close();
    }
    for (const { deviceId, identityKey } of wanted) {
      const doors = this.#doors.get(deviceId) ?? this.#newDoors(deviceId, identityKey);
      this.#doors.set(deviceId, doors);
      const theirs = this.#options.relayOf(deviceId);
      doors.waitAt([...new Set([own, theirs].filter((url) => url !== null))]);
    }
    for (const sessionId of this.#sessions.keys()) this.#say(sessionId);
    this.#told();
    if (own !== null) this.#cancelLook = this.#options.clock.after(LOOK_MS, () => this.update());
  }

  /** The network has changed: looks at once which ways are open. */
  hurry(): void {
    for (const doors of this.#doors.values()) doors.hurry();
  }

  opened(session: FeatureSession): void {
    this.#sessions.set(session.sessionId, { session, said: null, heard: null });
    this.#say(session.sessionId);
  }

  handle({ sessionId, peer }: FeatureSession, { relayUrl }: RendezvousMessage): void {
    const row = this.#sessions.get(sessionId);
    if (row === undefined || !this.#isTrusted(peer.deviceId)) return;
    // A peer must not have us knock at machines of our network that speak no TLS.
    const isFine = relayUrl?.startsWith('https:') === true || relayUrl === this.#options.relayUrl();
    row.heard = isFine ? relayUrl : null;
    this.#options.keepRelay(peer.deviceId, row.heard);
    this.#meet(sessionId);
    this.update();
  }

  closed({ sessionId }: FeatureSession): void {
    this.#sessions.delete(sessionId);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelLook();
    for (const doors of this.#doors.values()) doors.close();
    this.#doors.clear();
  }

  #newDoors(deviceId: string, identityKey: string): DeviceDoors {
    const secret = this.#options.sharedWith(identityKey);
    return new DeviceDoors({
      ...this.#options,
      ...{ identityKey, secret },
      onChange: () => {
        if (this.#doors.get(deviceId)?.isReachable === true) this.#options.onSeen(deviceId);
        this.#told();
      },
    });
  }

  #isTrusted(deviceId: string): boolean {
    return this.#options.trusted().some((device) => device.deviceId === deviceId);
  }

  /** Tells the peer of a session where this device can be found, where that is something new to it. */
  #say(sessionId: string): void {
    const row = this.#sessions.get(sessionId);
    if (row === undefined) return;
    const relayUrl = this.#isTrusted(row.session.peer.deviceId) ? this.#options.relayUrl() : null;
    if (row.said === relayUrl) return;
    row.said = relayUrl;
    this.#options.send(sessionId, { type: 'relay', relayUrl });
    this.#meet(sessionId);
  }

  /** Both have said where: the session meets at the relay of whoever dialed. */
  #meet(sessionId: string): void {
    const row = this.#sessions.get(sessionId);
    if (row === undefined || row.said === null || row.heard === null) return;
    const isDialer = this.#options.roleIn(sessionId) === 'dialer';
    this.#options.meetAt(sessionId, isDialer ? row.said : row.heard);
  }

  #told(): void {
    const reachable = [...this.#doors].filter(([, doors]) => doors.isReachable).map(([deviceId]) => deviceId);
    if (reachable.join() === this.#reachable.join()) return;
    this.#reachable = reachable;
    this.#options.onChange(reachable);
  }
}
