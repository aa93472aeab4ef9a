import { randomBytes } from 'node:crypto';
import type { EventData, EventName, SignalingSession } from '../../../src/shared/contract/contract';
import type { DeviceInfo } from '../../../src/shared/device';
import { LanListener } from '../../../src/main/signaling/LanListener';
import { type LanAddress, parseLanAddress } from '../../../src/main/signaling/lanAddress';
import { SignalingService } from '../../../src/main/signaling/SignalingService';
import {
  DEFAULT_LIMITS,
  DEFAULT_TIMINGS,
  type LanLimits,
  type SignalingTimings,
} from '../../../src/main/signaling/timings';
import { eventually } from './eventually';
import { silentLog } from './silentLog';

export const newId = (): string => randomBytes(16).toString('hex');

/** One device's signaling on real sockets, with a page that records its events. */
export class SignalingEnd {
  readonly device: DeviceInfo;
  readonly events: { name: EventName; data: unknown }[] = [];
  readonly endedSessions: string[] = [];
  readonly service: SignalingService;
  readonly listener: LanListener;
  readonly nearby = new Map<string, LanAddress[]>();
  hasActivePage = true;
  port = 0;

  constructor(
    options: { deviceId?: string; limits?: Partial<LanLimits>; timings?: Partial<SignalingTimings> } = {},
  ) {
    const deviceId = options.deviceId ?? newId();
    this.device = {
      deviceId,
      name: `device ${deviceId.slice(0, 4)}`,
      platform: 'linux',
      appVersion: '0.1.0',
    };
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const timings = { ...DEFAULT_TIMINGS, ...options.timings };
    const device = (): DeviceInfo => this.device;
    const isActive = (): boolean => this.hasActivePage;
    this.service = new SignalingService({
      device,
      limits,
      timings,
      page: {
        get hasActivePage() {
          return isActive();
        },
        emit: (name, data) => {
          if (this.hasActivePage) this.events.push({ name, data });
        },
      },
      addressesOf: (id) => this.nearby.get(id) ?? [],
      onSessionEnded: (sessionId) => this.endedSessions.push(sessionId),
      log: silentLog,
    });
    this.listener = new LanListener({
      device,
      limits,
      log: silentLog,
      // Far from the real ports, so that a running Hither and the tests leave each other alone.
      firstPort: 52_000,
      onCaller: (caller) => {
        this.service.answer(caller);
      },
    });
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
  async connect(address: string, sessionId = newId()): Promise<SignalingSession> {
    return this.service.handlers['signaling:connect'](
      { sessionId, target: { kind: 'address', address } },
      'page',
    );
  }

  async connectDevice(deviceId: string, sessionId = newId()): Promise<SignalingSession> {
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

  leave(sessionId: string): void {
    void this.service.handlers['signaling:close']({ sessionId, reason: 'left' }, 'page');
  }

  all<E extends EventName>(name: E): EventData<E>[] {
    return this.events.filter((event) => event.name === name).map(({ data }) => data as EventData<E>);
  }

  async until<E extends EventName>(name: E): Promise<EventData<E>> {
    return eventually(() => this.all(name)[0]);
  }

  close(): void {
    this.service.close();
    this.listener.stop();
  }
}

/** A session between two ends, accepted by both. */
export async function pair(dialer: SignalingEnd, listener: SignalingEnd, via = listener.address) {
  const { sessionId } = await dialer.connect(via);
  await listener.until('signaling:incoming');
  dialer.accept(sessionId);
  listener.accept(sessionId);
  return sessionId;
}
