import type { PeerTrust } from '../../../shared/contract/trust';
import type { ProvenPeer } from '../../../shared/identity/Handshake';
import type { RefuseReason } from '../../../shared/identity/messages';
import type { SessionScope } from '../../../shared/protocol/purpose';
import type { Requests } from '../../../shared/settings/settings';
import type { OwnIdentity } from '../../trust/OwnIdentity';
import type { Session } from '../Session';
import type { Caller } from './answerStranger';
import type { SessionPage } from '../PageGrace';
import type { PendingDials } from '../dialing/PendingDials';
import type { PromptLimits } from './PromptLimits';
import { needsNobody } from './needsNobody';
import type { SessionTable } from '../SessionTable';
import type { TrustBook } from '../../trust/TrustBook';

/** Sessions and dials at once; each costs a socket, a few timers and what waits for the page. */
export const MAX_SESSIONS = 32;
/** Of them those that invites began: their guests keep nobody out who calls on the network, and nobody from being dialed. */
const MAX_INVITED = 24;

export interface IncomingRequestsOptions {
  own: OwnIdentity;
  page: SessionPage;
  sessions: SessionTable;
  dials: PendingDials;
  trust: TrustBook;
  prompts: PromptLimits;
  /** Whose requests may reach the person. */
  requests: () => Requests;
  /** Has a session meet at a relay from now on. */
  meetAt: (session: Session, relayUrl: string) => void;
  /** What of a session that was lost is to come back with a device without a question, or `null`. */
  comingBack: (deviceId: string) => SessionScope | null;
}

/** Answers callers: a new session for the person to decide about, a known one that comes back, or a refusal. */
export class IncomingRequests {
  readonly #options: IncomingRequestsOptions;

  constructor(options: IncomingRequestsOptions) {
    this.#options = options;
  }

  answer(caller: Caller): void {
    const { peer } = caller;
    if (peer.lastSeq !== undefined) {
      this.#resume(caller, peer.lastSeq);
      return;
    }
    if (peer.identityKey === this.#options.own.identityKey) {
      // The dialer is this very device: the key in the answer tells it so.
      caller.accept().close();
      return;
    }
    const refusal = this.#refusalOf(caller);
    if (refusal === null) this.#adopt(caller);
    else caller.refuse(refusal);
  }

  #refusalOf({ peer, route, grant }: Caller): RefuseReason | null {
    const { page, sessions, dials, own, trust, prompts, requests } = this.#options;
    if (grant?.peerKey != null && grant.peerKey !== peer.identityKey) return 'not-taking';
    // It may have ended since the handshake began.
    const closed = grant?.refusal() ?? null;
    if (closed !== null) return closed;
    const isInvited = grant?.isInvited === true;
    const judged = trust.judge(peer, null);
    const isTrusted = judged.state === 'trusted';
    // A device that may connect unasked needs nobody to be there.
    const isWelcome = isInvited || this.#welcomeOf(judged, peer) !== null;
    if (!isInvited && !isAllowed(requests(), isTrusted)) return 'not-taking';
    if (!page.hasActivePage && !isWelcome) return 'unavailable';
    const { deviceId } = peer.device;
    if (isInvited && [...sessions].filter((each) => each.isOfGuest).length >= MAX_INVITED) return 'busy';
    const isKnown = sessions.get(peer.sessionId) !== undefined || dials.has(peer.sessionId);
    if (isKnown || sessions.size + dials.size >= MAX_SESSIONS) return 'busy';
    // Both sides dialed at once: the request of the smaller id stays, and both ends come to the same result.
    const ownWins = own.deviceId < deviceId;
    const dialing = dials.toDevice(deviceId);
    const session = sessions.withDevice(deviceId);
    const isGlare = session?.role === 'dialer' && !session.isAccepted;
    // A device that no carrier leads to and that dials afresh from where it was has been restarted.
    const isRestarted =
      session?.isUp === false && session.route.kind === route.kind && session.route.address === route.address;
    if (dialing !== null && ownWins) return 'busy';
    // One for files alone makes way for one for everything with the same device.
    const isWidened = session?.peerKey === peer.identityKey && widens(peer.scope, session);
    if (session !== null && !(isGlare && !ownWins) && !isRestarted && !isWidened) return 'busy';
    // Nobody is asked about somebody who was invited.
    const refusal = isInvited ? null : prompts.refusalOf(peer.identityKey, isTrusted);
    if (refusal !== null) return refusal;
    if (dialing !== null) {
      dialing.isSuperseded = true;
      dialing.abort.abort();
    }
    session?.end(isGlare ? 'busy' : 'lost');
    return null;
  }

  #adopt(caller: Caller): void {
    const { sessions, trust, prompts, own } = this.#options;
    const { peer, route, ownFingerprint, exporter, grant } = caller;
    const judged = trust.judge(peer, null);
    const session = sessions.add({
      peer: trust.underOwnName(peer),
      ...{ route, ownFingerprint, exporter },
      scope: peer.scope,
      trust: judged,
      role: 'listener',
      ...(grant === undefined ? {} : { proof: grant.proof, rights: grant.rights }),
    });
    if (grant?.isInvited !== true) prompts.watch(session, judged.state === 'trusted');
    trust.met(peer, null);
    session.attach(caller.accept(), 0);
    session.rebind(own.fingerprint);
    if (grant !== undefined) {
      grant.used(session);
      this.#options.meetAt(session, grant.relayUrl);
    }
    const welcome = grant?.isInvited === true ? peer.scope : this.#welcomeOf(judged, peer);
    if (welcome !== null) session.accept(welcome);
  }

  /** What a device gets without an answer of the person's, as it may have it unasked or comes back to what was unfinished. */
  #welcomeOf(judged: PeerTrust, { device, scope }: ProvenPeer): SessionScope | null {
    if (judged.state !== 'trusted') return null;
    return needsNobody(judged.permissions, scope) ? scope : this.#options.comingBack(device.deviceId);
  }

  /** Gives a session a new socket, if it is with the very device that it began with. */
  #resume(caller: Caller, peerLastSeq: number): void {
    const session = this.#options.sessions.get(caller.peer.sessionId);
    if (session?.role !== 'listener' || session.peerKey !== caller.peer.identityKey) {
      caller.refuse('lost');
      return;
    }
    session.attach(caller.accept(session.lastSeq), peerLastSeq);
  }
}

/** Whether a request is for more than the session there is. */
export function widens(asked: SessionScope, session: Session): boolean {
  return asked === 'all' && session.ask.scope === 'files';
}

function isAllowed(requests: Requests, isTrusted: boolean): boolean {
  return requests === 'everyone' || (requests !== 'nobody' && isTrusted);
}
