import { randomBytes } from 'node:crypto';
import { expect, vi } from 'vitest';
import type { EventData, EventName } from '../../../src/shared/contract/contract';
import type { SessionInfo } from '../../../src/shared/contract/sessions';
import type { TrustPermissions } from '../../../src/shared/contract/trust';
import type { ReachAnswer } from '../../../src/shared/protocol/lan';
import type { DeviceInfo } from '../../../src/shared/device';
import type { Identity } from '../../../src/shared/identity/identity';
import type { FilesPurpose } from '../../../src/shared/protocol/purpose';
import type { Requests } from '../../../src/shared/settings/settings';
import { OwnIdentity } from '../../../src/backend/trust/OwnIdentity';
import type { TrustStore } from '../../../src/backend/trust/TrustStore';
import { LanNetwork } from '../../../src/main/node/net/LanNetwork';
import { LanListener } from '../../../src/main/node/net/LanListener';
import { parseLanAddress } from '../../../src/main/node/net/lanAddress';
import type { LanAddress } from '../../../src/shared/address';
import type { Clock } from '../../../src/backend/ports';
import { SessionService } from '../../../src/backend/sessions/SessionService';
import {
  DEFAULT_LIMITS,
  DEFAULT_TIMINGS,
  type SessionLimits,
  type SessionTimings,
} from '../../../src/backend/sessions/timings';
import { LINKS_FEATURE, LinkMessage } from '../../../src/shared/protocol/links';
import { systemClock } from '../../../src/main/node/systemClock';
import { newFingerprint, newIdentity, random } from './identities';
import { silentLog } from './silentLog';

/** Everything in a test comes from one address and nobody minds; tests of these limits set their own. */
const ROOMY: Partial<SessionLimits> = {
  burstHandshakes: 1_000,
  burstHandshakesPerAddress: 1_000,
  promptsPerMinute: 1_000,
  maxOpenPrompts: 1_000,
};

export const newId = (): string => randomBytes(16).toString('hex');

/** What a request for files may say. */
export const SOME_FILES: FilesPurpose = {
  fileCount: 1,
  totalBytes: 2_400_000,
  names: ['report.pdf'],
};

export interface EndOptions {
  identity?: Identity;
  name?: string;
  limits?: Partial<SessionLimits>;
  timings?: Partial<SessionTimings>;
  clock?: Clock;
}

/** One device's sessions on real sockets, with a page that records its events. */
export class SessionEnd {
  readonly identity: Identity;
  readonly own: OwnIdentity;
  readonly events: { name: EventName; data: unknown }[] = [];
  readonly endedSessions: string[] = [];
  readonly service: SessionService;
  readonly listener: LanListener;
  readonly nearby = new Map<string, LanAddress[]>();
  readonly trust: TrustStore;
  /** What the page does at an event, if anything. */
  onEvent: (name: EventName, data: unknown) => void = () => undefined;
  requests: Requests = 'everyone';
  /** What a device that asks is told of the way back to it. */
  reachBack: (address: string) => Promise<ReachAnswer> = () =>
    Promise.resolve({ isSeen: false, isReached: false });
  readonly #carriers: string[] = [];
  hasActivePage = true;
  /** Whether transfers with anybody are not over. */
  hasTransfers = false;
  name: string;
  port = 0;

  constructor(trust: TrustStore, options: EndOptions = {}) {
    this.trust = trust;
    this.identity = options.identity ?? newIdentity();
    this.name = options.name ?? `device ${this.identity.deviceId.slice(0, 4)}`;
    this.own = new OwnIdentity(
      this.identity,
      () => {
        const { name } = this;
        return { name, platform: 'linux', appVersion: '0.1.0' };
      },
      random,
    );
    const { own } = this;
    const limits = { ...DEFAULT_LIMITS, ...ROOMY, ...options.limits };
    const timings = { ...DEFAULT_TIMINGS, ...options.timings };
    const isActive = (): boolean => this.hasActivePage;
    this.service = new SessionService({
      ...{ own, trust, limits, timings, random },
      network: new LanNetwork(limits),
      openRelaySocket: null,
      clock: options.clock ?? systemClock,
      requests: () => this.requests,
      page: {
        get hasActivePage() {
          return isActive();
        },
        emit: (name, data) => {
          if (name === 'sessions:ended') this.endedSessions.push((data as { sessionId: string }).sessionId);
          if (!this.hasActivePage) return;
          this.events.push({ name, data });
          this.onEvent(name, data);
        },
      },
      addressesOf: (id) => this.nearby.get(id) ?? trust.addressesOf(id),
      isUnfinishedWith: () => false,
      hasTransfersWith: () => this.hasTransfers,
      log: {
        ...silentLog,
        info: (event, facts) => {
          if (event === 'carrier')
            this.#carriers.push(`${String(facts?.['kind'])} ${facts?.['isUp'] === true ? 'up' : 'down'}`);
        },
      },
    });
    trust.onChange(() => {
      this.service.trustChanged();
    });
    this.service.pageComes(newFingerprint());
    this.listener = new LanListener({
      card: () => (this.requests === 'hidden' ? null : this.device),
      reachBack: (address) => this.reachBack(address),
      pageKnown: () => this.service.pageKnown(),
      handshake: () => own.listen(),
      isKnown: (address) => this.service.hasAddress(address),
      limits,
      log: silentLog,
      // Far from the real ports, so that a running Hither and the tests leave each other alone.
      firstPort: 52_000,
      onCaller: (caller) => {
        this.service.answer(caller);
      },
    });
  }

  get device(): DeviceInfo {
    return this.own.device;
  }

  async listen(): Promise<this> {
    this.port = await this.listener.start();
    return this;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get lanAddress(): LanAddress {
    return parseLanAddress(this.address);
  }

  /** Dials an address, as the page would. */
  async connect(address: string, sessionId = newId()): Promise<SessionInfo> {
    return this.#handlers['sessions:connect']({ sessionId, target: { kind: 'address', address } }, 'page');
  }

  /** Dials an address for files alone. */
  async connectForFiles(address: string, purpose: FilesPurpose = SOME_FILES): Promise<SessionInfo> {
    const target = { kind: 'address', address } as const;
    return this.#handlers['sessions:connect']({ sessionId: newId(), target, purpose }, 'page');
  }

  /** Accepts a session with the files that it is for. */
  acceptFiles(sessionId: string, dir?: string): void {
    void this.#handlers['sessions:accept']({ sessionId, files: dir === undefined ? {} : { dir } }, 'page');
  }

  async connectDevice(deviceId: string, sessionId = newId()): Promise<SessionInfo> {
    return this.#handlers['sessions:connect']({ sessionId, target: { kind: 'device', deviceId } }, 'page');
  }

  /** Says `relink n`, the smallest message of a page that can be told apart from others. */
  say(sessionId: string, n: number): void {
    this.send(sessionId, LINKS_FEATURE, { type: 'relink', link: n });
  }

  /** Sends a message of one of the page's features. */
  send(sessionId: string, feature: string, body: unknown): void {
    void this.#handlers['sessions:send']({ sessionId, feature, body }, 'page');
  }

  /** The numbers that were said to this page. */
  heard(): number[] {
    return this.all('sessions:message').flatMap(({ feature, body }) => {
      const message = feature === LINKS_FEATURE ? LinkMessage.parse(body) : null;
      return message?.type === 'relink' ? [message.link] : [];
    });
  }

  accept(sessionId: string): void {
    void this.#handlers['sessions:accept']({ sessionId }, 'page');
  }

  /** The person says that the codes match. */
  verify(sessionId: string): void {
    void this.#handlers['sessions:verify']({ sessionId, trust: false }, 'page');
  }

  /** The person says that the codes match, and that the device is to be trusted from now on. */
  async verifyAndTrust(sessionId: string): Promise<void> {
    await this.#handlers['sessions:verify']({ sessionId, trust: true }, 'page');
  }

  /** The person trusts the other device while the session is on. */
  async trustPeer(sessionId: string): Promise<void> {
    await this.#handlers['sessions:trust']({ sessionId }, 'page');
  }

  /** Trusts the peer of a session. */
  async pin(sessionId: string): Promise<void> {
    const { peer: device, peerKey: identityKey, dialed } = this.service.session(sessionId);
    await this.trust.pin({ device, identityKey }, dialed);
  }

  /** Trusts a device no more, as the page would have it. */
  async revoke(deviceId: string): Promise<void> {
    const revoked = this.trust.revoke(deviceId);
    this.service.revoked(deviceId);
    await revoked;
  }

  /** Lets a trusted device connect without a question. */
  async welcome(deviceId: string): Promise<void> {
    await this.allow(deviceId, { connect: 'allow' });
  }

  /** Lets a trusted device do this without a question, and nothing else. */
  async allow(deviceId: string, permissions: Partial<TrustPermissions>): Promise<void> {
    const none = { connect: 'ask', sendFiles: 'ask', viewScreen: 'ask' } as const;
    await this.trust.update(deviceId, { permissions: { ...none, ...permissions } });
  }

  /** The page goes, as for a reload. */
  dropPage(): void {
    this.hasActivePage = false;
    this.service.pageGone();
  }

  /** A page is there again, with its certificate. */
  attachPage(fingerprint = this.own.fingerprint): void {
    this.service.pageComes(fingerprint);
    this.hasActivePage = true;
    this.service.pageAttached();
  }

  get #handlers(): SessionService['handlers'] {
    return this.service.handlers;
  }

  view(sessionId: string): SessionInfo | undefined {
    return this.service.views().find((view) => view.sessionId === sessionId);
  }

  /** Whether any carrier of a session is up; of the only one where none is named. */
  isUp(sessionId = this.service.views()[0]?.sessionId ?? ''): boolean {
    return this.view(sessionId) !== undefined && this.service.session(sessionId).isUp;
  }

  /** What became of carriers, in order: `lan up`, `data-channel down`. */
  get carriers(): string[] {
    return this.#carriers;
  }

  /** What the page was told of each session that came, the first time. */
  incoming(): SessionInfo[] {
    const known = new Set<string>();
    return this.all('sessions:changed').filter(({ sessionId, role }) => {
      const isNew = role === 'listener' && !known.has(sessionId);
      known.add(sessionId);
      return isNew;
    });
  }

  decline(sessionId: string): void {
    void this.#handlers['sessions:end']({ sessionId, reason: 'declined' }, 'page');
  }

  leave(sessionId: string): void {
    void this.#handlers['sessions:end']({ sessionId, reason: 'left' }, 'page');
  }

  all<E extends EventName>(name: E): EventData<E>[] {
    return this.events.filter((event) => event.name === name).map(({ data }) => data as EventData<E>);
  }

  async until<E extends EventName>(name: E): Promise<EventData<E>> {
    return vi.waitUntil(() => this.all(name)[0], 5_000);
  }

  close(): void {
    this.service.close();
    this.listener.stop();
  }
}

/** A session between two ends, accepted and verified by both. */
export async function pair(dialer: SessionEnd, listener: SessionEnd, via = listener.address) {
  const { sessionId } = await dialer.connect(via);
  await expect.poll(() => listener.view(sessionId)).toBeDefined();
  await verifyBoth(dialer, listener, sessionId);
  return sessionId;
}

/** Both people say yes to a session that is there, and that the codes match. */
export async function verifyBoth(dialer: SessionEnd, listener: SessionEnd, sessionId: string): Promise<void> {
  listener.accept(sessionId);
  await expect.poll(() => dialer.view(sessionId)?.phase).not.toBe('asking');
  for (const each of [dialer, listener]) each.verify(sessionId);
  for (const each of [dialer, listener])
    await expect.poll(() => each.view(sessionId)?.phase).toBe('connected');
}
