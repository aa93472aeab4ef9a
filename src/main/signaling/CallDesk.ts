import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { DeviceInfo } from '../../shared/device';
import type { EndReason } from '../../shared/signaling/endReason';
import type { LanSocket } from './LanSocket';
import type { Caller } from './LanListener';
import type { SignalingPage } from './PageGrace';
import type { PendingDials } from './PendingDials';
import type { SessionTable } from './SessionTable';

/** Sessions and dials at once; each costs a socket, a few timers and what waits for the page. */
export const MAX_SESSIONS = 32;

export interface CallDeskOptions {
  device: () => DeviceInfo;
  page: SignalingPage;
  sessions: SessionTable;
  dials: PendingDials;
}

/** Answers callers: a new session for the page to decide about, a known one that comes back, or a refusal. */
export class CallDesk {
  readonly #options: CallDeskOptions;

  constructor(options: CallDeskOptions) {
    this.#options = options;
  }

  answer(caller: Caller): void {
    const { hello } = caller;
    if (hello.resumeToken !== undefined) {
      this.#resume(caller, hello.resumeToken);
      return;
    }
    if (hello.device.deviceId === this.#options.device().deviceId) {
      // The dialer is this very device: the welcome's device id tells it so.
      this.#welcome(caller, newToken(), 0).close();
      return;
    }
    const refusal = this.#refusalOf(caller);
    if (refusal === null) this.#adopt(caller);
    else caller.refuse(refusal);
  }

  #refusalOf({ hello, remoteAddress }: Caller): EndReason | null {
    const { page, sessions, dials, device } = this.#options;
    if (!page.hasActivePage) return 'unavailable';
    const isKnown = sessions.get(hello.sessionId) !== undefined || dials.has(hello.sessionId);
    if (isKnown || sessions.size + dials.size >= MAX_SESSIONS) return 'busy';
    // Both sides dialed at once: the request of the smaller id stays, and both ends come to the same result.
    const ownWins = device().deviceId < hello.device.deviceId;
    const dialing = dials.toDevice(hello.device.deviceId);
    if (dialing !== null) {
      if (ownWins) return 'busy';
      dialing.isSuperseded = true;
      dialing.abort.abort();
    }
    const session = sessions.withDevice(hello.device.deviceId);
    if (session === null) return null;
    const isGlare = session.role === 'dialer' && !session.isAccepted;
    // A device that lost its socket and dials afresh from where it was has been restarted.
    const isRestarted = !session.isUp && session.view.remoteAddress === remoteAddress;
    if (!(isGlare && !ownWins) && !isRestarted) return 'busy';
    session.end(isGlare ? 'busy' : 'lost');
    return null;
  }

  #adopt(caller: Caller): void {
    const { page, sessions } = this.#options;
    const { sessionId, device: peer } = caller.hello;
    const resumeToken = newToken();
    const { remoteAddress } = caller;
    const session = sessions.add({ sessionId, peer, role: 'listener', remoteAddress, resumeToken });
    const socket = this.#welcome(caller, resumeToken, 0);
    page.emit('signaling:incoming', { ...session.view, isUp: true });
    session.attach(socket, 0);
  }

  #resume(caller: Caller, token: string): void {
    const { sessionId, lastSeq = 0 } = caller.hello;
    const session = this.#options.sessions.get(sessionId);
    if (session?.role !== 'listener' || !isSame(session.resumeToken, token)) {
      caller.refuse('lost');
      return;
    }
    session.attach(this.#welcome(caller, token, session.lastSeq), lastSeq);
  }

  #welcome(caller: Caller, resumeToken: string, lastSeq: number): LanSocket {
    const socket = caller.admit();
    const device = this.#options.device();
    socket.send({ type: 'welcome', protocol: caller.version, device, resumeToken, lastSeq });
    return socket;
  }
}

function newToken(): string {
  return randomBytes(16).toString('hex');
}

function isSame(ours: string, theirs: string): boolean {
  return ours.length === theirs.length && timingSafeEqual(Buffer.from(ours), Buffer.from(theirs));
}
