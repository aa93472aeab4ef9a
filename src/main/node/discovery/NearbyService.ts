import type { BlockList } from 'node:net';
import type { NearbyProblem, NearbyState } from '../../../shared/contract/nearby';
import type { DeviceInfo } from '../../../shared/device';
import type { Log } from '../../../backend/ports';
import type { ReachAnswer } from '../../../shared/protocol/lan';
import { formatLanAddress, type LanAddress } from '../../../shared/address';
import type { Announcement } from './announcement';
import { CHECK_PERIOD_MS, DeviceList } from './DeviceList';
import { fetchCard } from './fetchCard';
import { Mdns } from './Mdns';
import { isLinkLocal, type OwnAddress, ownAddresses, subnetsOf } from '../net/networkInterfaces';
import { sightedAddresses } from './sightedAddresses';

/** How often this machine's interfaces are looked at, in ms: no system tells Node when they change. */
const FOLLOW_PERIOD_MS = 1_000;
/** A pause this long between two looks, in ms, means that machine or process slept. */
const SLEEP_MS = 6_000;
/** How long a card may take, in ms: with the period of checks, two failures in a row come within 12 s of a death. */
const CARD_TIMEOUT_MS = 3_000;
/** Pause before mDNS is asked afresh after a device was removed, in ms; several may go at once. */
const AFTERWARDS_MS = 1_000;

export interface NearbyOptions {
  device: () => DeviceInfo;
  /** Whether this device looks for others and is not to be seen itself; then there is no announcement. */
  isHidden?: () => boolean;
  /** What listens for callers; on exactly while nearby is on. */
  listener: { start(): Promise<number>; stop(): void };
  onChange: (state: NearbyState) => void;
  /** A device answers that was not listed, or at another address than before: what waited for it may try again. */
  onSeen: (deviceId: string) => void;
  log: Log;
  interfaces?: () => OwnAddress[];
}

/** Finds other devices and lets them find this one, while the person wants that. */
export class NearbyService {
  readonly #options: NearbyOptions;
  readonly #interfaces: () => OwnAddress[];
  readonly #list: DeviceList;
  #own: OwnAddress[] = [];
  #subnets: BlockList = subnetsOf([]);
  #mdns: Mdns | null = null;
  /** Where this device listens; `null` while it doesn't. */
  #port: number | null = null;
  #isOn = false;
  #isPortTaken = false;
  #checkTimer: NodeJS.Timeout | undefined;
  #followTimer: NodeJS.Timeout | undefined;
  #followedAtMs = 0;
  #again: NodeJS.Timeout | undefined;
  #steps: Promise<void> = Promise.resolve();
  #told = '';

  constructor(options: NearbyOptions) {
    this.#options = options;
    this.#interfaces = options.interfaces ?? ownAddresses;
    this.#list = new DeviceList({
      fetchCard: (address) => fetchCard(address, CARD_TIMEOUT_MS),
      onChange: () => {
        this.#tell();
      },
      onSeen: options.onSeen,
      onRemoved: () => {
        clearTimeout(this.#again);
        this.#again = setTimeout(() => this.#mdns?.refresh(), AFTERWARDS_MS);
      },
    });
  }

  /** Turns finding and being found on or off; resolves when that is done. Sessions stay. */
  async setOn(isOn: boolean): Promise<void> {
    return this.#inOrder(async () => {
      if (isOn === this.#isOn) return;
      this.#isOn = isOn;
      if (isOn) await this.#start();
      else await this.#stop();
      this.#options.log.info('nearby', { to: isOn ? 'on' : 'off' });
      this.#tell();
    });
  }

  /** Looks again, now. */
  async refresh(): Promise<void> {
    return this.#inOrder(async () => {
      await this.#follow();
      this.#mdns?.refresh();
      this.#list.checkAll();
    });
  }

  /** Announces this device under its present name, or withdraws the announcement where it is hidden now. */
  announce(): void {
    this.#mdns?.announce(this.#announced);
  }

  /** Where a listed device may be reached, best first. */
  addressesOf(deviceId: string): LanAddress[] {
    return this.#list.addressesOf(deviceId);
  }

  /** Dials a machine that asks for it, at the port that was announced from its own address, and nowhere else. */
  async reachBack(address: string): Promise<ReachAnswer> {
    const at = this.#list.announcedAt(address);
    if (at === null) return { isSeen: false, isReached: false };
    return { isSeen: true, isReached: (await fetchCard(at, CARD_TIMEOUT_MS)) !== null };
  }

  /** Whether a listed device has answered at an address, which is more than that it names it. */
  answersAt(deviceId: string, address: string): boolean {
    return this.#list.answersAt(deviceId, address);
  }

  state(): NearbyState {
    const port = this.#port;
    const reachable = port === null ? [] : this.#own.filter(({ address }) => !isLinkLocal(address));
    return {
      isOn: this.#isOn,
      devices: this.#list.devices,
      ownAddresses: reachable.map(({ address }) => formatLanAddress({ host: address, port: port ?? 0 })),
      interfaces: this.#own.map(({ name, address }) => ({ name, address })),
      problems: this.#problems(),
    };
  }

  /** Says goodbye; the person's choice stays what it is. */
  async close(): Promise<void> {
    return this.#inOrder(async () => {
      this.#isOn = false;
      await this.#stop();
    });
  }

  get #announced(): DeviceInfo | null {
    return this.#options.isHidden?.() === true ? null : this.#options.device();
  }

  #problems(): NearbyProblem[] {
    if (!this.#isOn) return ['off'];
    const problems: NearbyProblem[] = [];
    if (this.#own.length === 0) problems.push('no-network');
    if (this.#mdns?.isBlocked === true) problems.push('no-multicast');
    if (this.#isPortTaken) problems.push('port-taken');
    return problems;
  }

  async #start(): Promise<void> {
    try {
      this.#port = await this.#options.listener.start();
    } catch (error) {
      this.#isPortTaken = true;
      this.#options.log.error('nearby', { problem: 'port-taken', error });
      return;
    }
    const onSeen = this.#handleAnnouncement.bind(this);
    const onGoodbye = this.#list.doubt.bind(this.#list);
    this.#mdns = new Mdns(this.#announced, this.#port, { onSeen, onGoodbye }, this.#options.log);
    await this.#follow();
    this.#checkTimer = setInterval(() => {
      this.#list.checkAll();
    }, CHECK_PERIOD_MS);
    this.#followedAtMs = Date.now();
    this.#followTimer = setInterval(() => {
      const pauseMs = Date.now() - this.#followedAtMs;
      this.#followedAtMs += pauseMs;
      // Whoever slept has left all lists: it shows itself and looks around at once.
      void (pauseMs > SLEEP_MS ? this.refresh() : this.#inOrder(() => this.#follow()));
    }, FOLLOW_PERIOD_MS);
  }

  async #stop(): Promise<void> {
    clearInterval(this.#checkTimer);
    clearInterval(this.#followTimer);
    clearTimeout(this.#again);
    this.#list.clear();
    this.#own = [];
    this.#isPortTaken = false;
    this.#port = null;
    // The card must be gone before the goodbye is said: whoever hears it asks for the card.
    this.#options.listener.stop();
    await this.#mdns?.close();
    this.#mdns = null;
  }

  async #follow(): Promise<void> {
    if (this.#mdns === null) return;
    this.#own = this.#interfaces();
    this.#subnets = subnetsOf(this.#own);
    await this.#mdns.follow(this.#own);
    this.#tell();
  }

  #handleAnnouncement(announcement: Announcement, own: OwnAddress): void {
    const { deviceId } = announcement;
    if (deviceId === this.#options.device().deviceId) return;
    this.#list.see(deviceId, sightedAddresses(announcement, own, this.#subnets), announcement.name);
  }

  /** One change after the other: turning off in the middle of turning on would leave sockets behind. */
  async #inOrder(step: () => Promise<void>): Promise<void> {
    const done = this.#steps.then(step);
    this.#steps = done.catch(() => undefined);
    return done;
  }

  #tell(): void {
    const state = this.state();
    const text = JSON.stringify(state);
    if (text === this.#told) return;
    this.#told = text;
    this.#options.onChange(state);
  }
}
