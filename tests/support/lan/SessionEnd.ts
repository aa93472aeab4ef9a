import { randomBytes } from 'node:crypto';
import { expect, vi } from 'vitest';
import type { EventData, EventName } from '../../../src/shared/contract/contract';
import type { SessionInfo } from '../../../src/shared/contract/sessions';
import type { DeviceInfo } from '../../../src/shared/device';
import type { Identity } from '../../../src/shared/identity/identity';
import type { Requests } from '../../../src/shared/settings/settings';
import { trustHandlers } from '../../../src/backend/trust/trustHandlers';
import { OwnIdentity } from '../../../src/backend/trust/OwnIdentity';
import type { TrustStore } from '../../../src/backend/trust/TrustStore';
import { LanListener } from '../../../src/main/node/net/LanListener';
import { parseLanAddress } from '../../../src/main/node/net/lanAddress';
import type { LanAddress } from '../../../src/shared/address';
import { SessionService } from '../../../src/backend/sessions/SessionService';
import {
  DEFAULT_LIMITS,
  DEFAULT_TIMINGS,
  type SessionLimits,
  type SessionTimings,
} from '../../../src/backend/sessions/timings';
import { newFingerprint, newIdentity } from './identities';
import { silentLog } from './silentLog';

/** Everything in a test comes from one address and nobody minds; tests of these limits set their own. */
const ROOMY: Partial<SessionLimits> = {
  burstHandshakes: 1_000,
  burstHandshakesPerAddress: 1_000,
  promptsPerMinute: 1_000,
  maxOpenPrompts: 1_000,
};

export const newId = (): string => randomBytes(16).toString('hex');

export interface EndOptions {
  identity?: Identity;
  name?: string;
  limits?: Partial<SessionLimits>;
  timings?: Partial<SessionTimings>;
}

/** One device's signaling on real sockets, with a page that records its events. */
export class SignalingEnd {
  readonly identity: Identity;
  readonly own: OwnIdentity;
  readonly events: { name: EventName; data: unknown }[] = [];
  readonly endedSessions: string[] = [];
  readonly service: SessionService;
  readonly listener: LanListener;
  readonly nearby = new Map<string, LanAddress[]>();
  readonly trust: TrustStore;
  requests: Requests = 'everyone';
  hasActivePage = true;
  name: string;
  port = 0;

  constructor(trust: TrustStore, options: EndOptions = {}) {
    this.trust = trust;
    this.identity = options.identity ?? newIdentity();
    this.name = options.name ?? `device ${this.identity.deviceId.slice(0, 4)}`;
    this.own = new OwnIdentity(this.identity, () => {
      const { name } = this;
      return { name, platform: 'linux', appVersion: '0.1.0' };
    });
    const { own } = this;
    const limits = { ...DEFAULT_LIMITS, ...ROOMY, ...options.limits };
    const timings = { ...DEFAULT_TIMINGS, ...options.timings };
    const isActive = (): boolean => this.hasActivePage;
    this.service = new SessionService({
      ...{ own, trust, limits, timings },
      requests: () => this.requests,
      page: {
        get hasActivePage() {
          return isActive();
        },
        emit: (name, data) => {
          if (this.hasActivePage) this.events.push({ name, data });
        },
      },
      addressesOf: (id) => this.nearby.get(id) ?? trust.addressesOf(id),
      onSessionEnded: (sessionId) => this.endedSessions.push(sessionId),
      log: silentLog,
    });
    trust.onChange(() => {
      this.service.trustChanged();
    });
    this.service.pageComes(newFingerprint());
    this.listener = new LanListener({
      card: () => (this.requests === 'hidden' ? null : this.device),
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
    return this.service.handlers['signaling:connect'](
      { sessionId, target: { kind: 'address', address } },
      'page',
    );
  }

  async connectDevice(deviceId: string, sessionId = newId()): Promise<SessionInfo> {
    return this.service.handlers['signaling:connect'](
      { sessionId, target: { kind: 'device', deviceId } },
      'page',
    );
  }

  /** Says `relink n`, the smallest message that can be told apart from others. */
  say(sessionId: string, n: number): void {
    void this.service.handlers['signaling:send']({ sessionId, message: { type: 'relink', link: n } }, 'page');
  }

  /** The numbers that were said to this page. */
  heard(): number[] {
    return this.all('signaling:message').flatMap(({ message }) =>
      message.type === 'relink' ? [message.link] : [],
    );
  }

  accept(sessionId: string): void {
    void this.service.handlers['signaling:markAccepted']({ sessionId }, 'page');
  }

  /** The person says that the codes match, and the page tells the other side. */
  verify(sessionId: string): void {
    void this.service.handlers['signaling:markVerified']({ sessionId, by: 'me' }, 'page');
    void this.service.handlers['signaling:send']({ sessionId, message: { type: 'verified' } }, 'page');
  }

  /** Trusts the peer of a verified session. */
  async pin(sessionId: string): Promise<void> {
    await trustHandlers(this.trust, this.service)['trust:pin']({ sessionId }, 'page');
  }

  async revoke(deviceId: string): Promise<void> {
    await trustHandlers(this.trust, this.service)['trust:revoke']({ deviceId }, 'page');
  }

  view(sessionId: string): SessionInfo | undefined {
    return this.service.views().find((view) => view.sessionId === sessionId);
  }

  decline(sessionId: string): void {
    void this.service.handlers['signaling:close']({ sessionId, reason: 'declined' }, 'page');
  }

  leave(sessionId: string): void {
    void this.service.handlers['signaling:close']({ sessionId, reason: 'left' }, 'page');
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
export async function pair(dialer: SignalingEnd, listener: SignalingEnd, via = listener.address) {
  const { sessionId } = await dialer.connect(via);
  await expect.poll(() => listener.view(sessionId)).toBeDefined();
  for (const each of [dialer, listener]) {
    each.accept(sessionId);
    each.verify(sessionId);
  }
  for (const each of [dialer, listener])
    await expect.poll(() => each.view(sessionId)?.isPeerVerified).toBe(true);
  return sessionId;
}
