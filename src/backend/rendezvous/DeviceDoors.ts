import type { HitherError } from '../../shared/errors';
import { rendezvousAuth, rendezvousMailbox } from '../../shared/identity/invite';
import { ALL_RIGHTS } from '../../shared/protocol/rights';
import type { Carrier, Route } from '../sessions/carriers/Carrier';
import type { DoorResult } from '../sessions/relay/answerAtDoor';
import { Door, type DoorOptions } from '../sessions/relay/Door';
import { handshakeShare } from '../sessions/relay/handshakeShare';
import type { DoorGrant, RelayWay } from '../sessions/relay/RelayWay';
import type { Auth } from '../../shared/identity/Handshake';

const DAY_MS = 86_400_000;
/** Around midnight (UTC) both days count, as clocks differ, in ms. */
const OVERLAP_MS = 30 * 60_000;

export interface DeviceDoorsOptions extends Pick<DoorOptions, 'openSocket' | 'clock' | 'random'> {
  /** This device's side in a mailbox. */
  sideOf: (mailbox: string) => string;
  /** Of the device that is waited for. */
  identityKey: string;
  /** What only the two can know. */
  secret: Uint8Array;
  answer: (carrier: Carrier & { route: Route }, auth: Auth, grant: DoorGrant) => Promise<DoorResult>;
  /** Whether the device can be reached has changed, or what keeps a relay from leading there. */
  onChange: () => void;
}

/** The days that a moment belongs to, for two devices whose clocks differ a little. */
function daysOf(nowMs: number): Set<number> {
  return new Set([nowMs - OVERLAP_MS, nowMs + OVERLAP_MS].map((ms) => Math.floor(ms / DAY_MS)));
}

/** Where this device waits for one that it trusts: a mailbox for each relay and day, of which nobody else knows. */
export class DeviceDoors {
  readonly #options: DeviceDoorsOptions;
  /** By relay and day. */
  readonly #doors = new Map<string, Door>();
  /** What keeps doors from being there, by the same names; `null` for one that is. One that is neither is being opened. */
  readonly #troubles = new Map<string, HitherError | null>();

  constructor(options: DeviceDoorsOptions) {
    this.#options = options;
  }

  /** Whether the device is at one of the doors now. */
  get isReachable(): boolean {
    return this.#meeting !== undefined;
  }

  /** The way to the device, if it is there now. */
  get way(): RelayWay | null {
    const door = this.#meeting;
    if (door === undefined) return null;
    const { secret } = this.#options;
    return {
      relayUrl: door.relayUrl,
      // Its key is pinned: that is what shows who it is.
      proof: 'code',
      auth: () => rendezvousAuth(secret),
      carrier: (signal) => door.dial(signal),
      over: () => null,
    };
  }

  /** What keeps this device from a place at a relay; `null` while it has one, `undefined` while that is not known. */
  troubleAt(relayUrl: string): HitherError | null | undefined {
    const known = [...this.#doors].flatMap(([name, door]) =>
      door.relayUrl === relayUrl ? [this.#troubles.get(name)] : [],
    );
    return known.includes(null) ? null : known.find((trouble) => trouble !== undefined);
  }

  /** Waits at these relays today, and nowhere else. */
  waitAt(relayUrls: readonly string[]): void {
    const days = daysOf(this.#options.clock.now());
    const wanted = new Map<string, { relayUrl: string; day: number }>(
      relayUrls.flatMap((relayUrl) =>
        [...days].map((day) => [`${day} ${relayUrl}`, { relayUrl, day }] as const),
      ),
    );
    for (const [name, door] of this.#doors) {
      if (wanted.has(name)) continue;
      this.#doors.delete(name);
      this.#troubles.delete(name);
      door.leave();
    }
    for (const [name, { relayUrl, day }] of wanted)
      if (!this.#doors.has(name)) this.#doors.set(name, this.#open(name, relayUrl, day));
  }

  hurry(): void {
    for (const door of this.#doors.values()) door.hurry();
  }

  close(): void {
    for (const door of this.#doors.values()) door.close();
    this.#doors.clear();
  }

  get #meeting(): Door | undefined {
    return [...this.#doors.values()].find(({ isMeeting }) => isMeeting);
  }

  #open(name: string, relayUrl: string, day: number): Door {
    const { secret, identityKey, answer, onChange } = this.#options;
    const grant: DoorGrant = {
      relayUrl,
      proof: 'code',
      rights: ALL_RIGHTS,
      peerKey: identityKey,
      isInvited: false,
      mayBegin: handshakeShare(this.#options.clock),
      // What closes a door ends the conversations at it.
      refusal: () => null,
      used: () => undefined,
    };
    const mailbox = rendezvousMailbox(secret, day);
    return new Door({
      ...this.#options,
      relayUrl,
      opening: { type: 'join', mailbox },
      side: this.#options.sideOf(mailbox),
      onJoined: () => {
        this.#troubles.set(name, null);
        onChange();
      },
      onTrouble: (error) => {
        this.#troubles.set(name, error);
        onChange();
      },
      onMeeting: onChange,
      onCaller: (carrier) => void answer(carrier, rendezvousAuth(secret), grant),
      // Whatever it is, the next look at the day opens it again.
      onClosed: () => {
        this.#doors.delete(name);
        this.#troubles.delete(name);
        onChange();
      },
    });
  }
}
