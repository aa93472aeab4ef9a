import type { Away } from '../../shared/contract/away';
import type { TrustedDevice } from '../../shared/contract/trust';
import type { HitherError } from '../../shared/errors';
import { RENDEZVOUS_FEATURE, RendezvousMessage } from '../../shared/protocol/rendezvous';
import { isPublicRelay } from '../../shared/protocol/relayUrl';
import { TokenBucket } from '../../shared/TokenBucket';
import type { Cancel, FeatureSession, SessionFeature } from '../ports';
import type { RelayWay } from '../sessions/relay/RelayWay';
import { DeviceDoors, type DeviceDoorsOptions } from './DeviceDoors';

/** Doors cost a socket each: of many trusted devices those count that were here last. */
const MAX_DEVICES = 24;
/** Relays that a device may name, at once and a second after that: each is dialed, and kept. People change theirs now and then. */
const MAX_CHANGES = 4;
const CHANGES_PER_SECOND = 1 / 60;
/** How often it is looked whether another day has begun, or a door is to be opened again, in ms. */
const LOOK_MS = 60_000;
/** How long this device's relay is out of reach before that is told, in ms: one that is started anew is back within this. */
const TROUBLE_MS = 5_000;

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
  onChange: (away: Away) => void;
  /** A device has come to a door. */
  onSeen: (deviceId: string) => void;
}

/** A session that is on. */
interface Row {
  session: FeatureSession;
  /** Where this device said that it can be found. */
  said: string | null;
  /** What the peer said last, and what of that is used; `undefined` before it has said anything. */
  named: string | null | undefined;
  heard: string | null | undefined;
  cancelHear: Cancel;
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
  readonly #sessions = new Map<string, Row>();
  /** How often a device may name another relay, by its id. */
  readonly #changes = new Map<string, TokenBucket>();
  #cancelLook: Cancel = () => undefined;
  #away: Away = { reachable: [], trouble: null };
  /** Since when this device's relay is out of reach, on the clock that only grows; `null` while it is not. */
  #troubleSinceMs: number | null = null;
  #cancelTrouble: Cancel = () => undefined;
  #isClosed = false;

  constructor(options: RendezvousServiceOptions) {
    this.#options = options;
  }

  /** Which trusted devices can be reached through a relay now, and what keeps this device's relay from that. */
  get away(): Away {
    return this.#away;
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
    const trusted = this.#options.trusted();
    const devices = own === null ? [] : trusted;
    const trustedIds = new Set(trusted.map(({ deviceId }) => deviceId));
    for (const id of this.#changes.keys()) if (!trustedIds.has(id)) this.#changes.delete(id);
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
      const theirs = this.#usable(this.#options.relayOf(deviceId));
      doors.waitAt([...new Set([own, theirs].filter((url) => url !== null))]);
    }
    for (const [sessionId, row] of this.#sessions) {
      this.#say(sessionId);
      this.#hear(row);
    }
    this.#told();
    if (own !== null) this.#cancelLook = this.#options.clock.after(LOOK_MS, () => this.update());
  }

  /** The network has changed: looks at once which ways are open. */
  hurry(): void {
    for (const doors of this.#doors.values()) doors.hurry();
  }

  opened(session: FeatureSession): void {
    this.#sessions.set(session.sessionId, {
      ...{ session, said: null, named: undefined, heard: undefined },
      cancelHear: () => undefined,
    });
    this.#say(session.sessionId);
  }

  handle({ sessionId }: FeatureSession, { relayUrl }: RendezvousMessage): void {
    const row = this.#sessions.get(sessionId);
    if (row === undefined) return;
    // One that is trusted later in the session, as after an invite, does not say it again.
    row.named = relayUrl;
    this.#hear(row);
  }

  closed({ sessionId }: FeatureSession): void {
    this.#sessions.get(sessionId)?.cancelHear();
    this.#sessions.delete(sessionId);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelLook();
    this.#cancelTrouble();
    for (const { cancelHear } of this.#sessions.values()) cancelHear();
    for (const doors of this.#doors.values()) doors.close();
    this.#doors.clear();
  }

  /**
   * What a peer named, where it may be used: a peer must not have us knock at machines of our network, nor at any that speak no
   * TLS. One that the person has entered as well is theirs.
   */
  #usable(relayUrl: string | null): string | null {
    const isFine = relayUrl !== null && (isPublicRelay(relayUrl) || relayUrl === this.#options.relayUrl());
    return isFine ? relayUrl : null;
  }

  /** Uses what the peer of a session has named last, at once or as soon as it may name another one. */
  #hear(row: Row): void {
    row.cancelHear();
    const { deviceId } = row.session.peer;
    const named = row.named === undefined ? undefined : this.#usable(row.named);
    if (named === undefined || named === row.heard || !this.#isTrusted(deviceId)) return;
    const isNew = named !== this.#options.relayOf(deviceId);
    const changes = this.#changesOf(deviceId);
    if (isNew && !changes.consume()) {
      row.cancelHear = this.#options.clock.after(changes.waitMs, () => this.#hear(row));
      return;
    }
    row.heard = named;
    if (isNew) this.#options.keepRelay(deviceId, named);
    this.#meet(row.session.sessionId);
    this.update();
  }

  #changesOf(deviceId: string): TokenBucket {
    const now = (): number => this.#options.clock.monotonicMs();
    const changes = this.#changes.get(deviceId) ?? new TokenBucket(CHANGES_PER_SECOND, MAX_CHANGES, now);
    this.#changes.set(deviceId, changes);
    return changes;
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
    if (row === undefined || row.said === null || !row.heard) return;
    const isDialer = this.#options.roleIn(sessionId) === 'dialer';
    this.#options.meetAt(sessionId, isDialer ? row.said : row.heard);
  }

  #told(): void {
    if (this.#isClosed) return;
    const reachable = [...this.#doors].filter(([, doors]) => doors.isReachable).map(([deviceId]) => deviceId);
    const trouble = this.#trouble()?.toFailure() ?? null;
    const { reachable: before, trouble: troubleBefore } = this.#away;
    if (reachable.join() === before.join() && trouble?.code === troubleBefore?.code) return;
    this.#away = { reachable, trouble };
    this.#options.onChange(this.#away);
  }

  /** What keeps this device's relay out of reach, once it has been for a while. */
  #trouble(): HitherError | null {
    const own = this.#options.relayUrl();
    const known = own === null ? [] : [...this.#doors.values()].map((doors) => doors.troubleAt(own));
    const trouble = known.includes(null) ? null : (known.find((each) => each !== undefined) ?? null);
    const nowMs = this.#options.clock.monotonicMs();
    if (trouble === null) {
      this.#cancelTrouble();
      this.#troubleSinceMs = null;
      return null;
    }
    if (this.#troubleSinceMs === null) {
      this.#troubleSinceMs = nowMs;
      this.#cancelTrouble = this.#options.clock.after(TROUBLE_MS, () => this.#told());
    }
    return nowMs - this.#troubleSinceMs >= TROUBLE_MS ? trouble : null;
  }
}
