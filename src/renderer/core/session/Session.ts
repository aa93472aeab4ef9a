import type { Backend } from '../../../shared/contract/backend';
import type { EventData, SignalingSession } from '../../../shared/contract/contract';
import { assertNever } from '../../../shared/assertNever';
import type { ControlMessage } from '../../../shared/protocol/control';
import type { EndReason } from '../../../shared/signaling/endReason';
import { RECONNECT_WINDOW_MS } from '../../../shared/signaling/lan';
import type { SignalMessage } from '../../../shared/signaling/messages';
import { PeerLink } from '../peer/PeerLink';
import type { ConnectTarget, SessionView } from '../types';
import { dialFailure } from './dialFailure';
import { LinkKeeper } from './LinkKeeper';
import { SessionLane } from './SessionLane';
import { SessionShares } from './SessionShares';
import { type EndedBy, nextSessionState, type SessionEvent, type SessionState } from './sessionState';

export interface SessionOptions {
  sessionId: string;
  title: string;
  direction: SessionView['direction'];
  backend: Backend;
  readSource: (
    sourceId: string,
    offsetBytes: number,
    lengthBytes: number,
  ) => Promise<Uint8Array<ArrayBuffer>>;
  onChange: () => void;
  /** A failure that no caller waits for. */
  onFailure: (error: unknown) => void;
  now: () => number;
}

/** One session: the state machine, and what each state needs of signaling, links, shares and lanes. */
export class Session {
  readonly #options: SessionOptions;
  readonly #startedMs: number;
  readonly shares: SessionShares;
  #state: SessionState;
  #signaling: SignalingSession | null = null;
  #keeper: LinkKeeper<PeerLink> | null = null;
  #lane: SessionLane | null = null;
  #deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SessionOptions, state: SessionState) {
    this.#options = options;
    this.#startedMs = options.now();
    this.#state = state;
    this.shares = new SessionShares({
      send: (message) => this.#sendControl(message),
      onChange: options.onChange,
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  get view(): SessionView {
    const peer = this.#signaling?.peer ?? null;
    const { sessionId, direction, title } = this.#options;
    return {
      sessionId,
      peer,
      title: peer?.name ?? title,
      direction,
      state: this.#state,
      localShare: this.shares.local,
      remoteShare: this.shares.remote,
      startedMs: this.#startedMs,
    };
  }

  /** Dials. What comes of it shows in the state. */
  async dial(target: ConnectTarget): Promise<void> {
    const { backend, sessionId } = this.#options;
    try {
      const signaling = await backend.request('signaling:connect', { sessionId, target });
      this.#signaling = signaling;
      this.#apply({ type: 'welcomed' });
    } catch (error) {
      this.#finish(dialFailure(error), 'none');
    }
  }

  /** Takes up a session that the backend knows: one that came in, or one that a reload of the page left behind. */
  adopt(signaling: SignalingSession): void {
    this.#signaling = signaling;
    if (signaling.isAccepted) this.#link();
    this.#options.onChange();
  }

  accept(): void {
    if (this.#state.phase !== 'asked') return;
    this.#apply({ type: 'accepted' });
    this.#sendSignal({ type: 'accept' });
    this.#markAccepted();
  }

  decline(): void {
    if (this.#state.phase !== 'asked') return;
    this.#sendSignal({ type: 'decline' });
    this.end('declined', 'me');
  }

  /** Leaves, or takes the request back. */
  leave(): void {
    const isPending = this.#state.phase === 'dialing' || this.#state.phase === 'asking';
    this.end(isPending ? 'cancelled' : 'left', 'me');
  }

  /** Ends the session and tells the other side, as far as it can still be told. */
  end(reason: EndReason, by: EndedBy): void {
    if (this.#state.phase === 'ended') return;
    this.#sendControl({ type: 'leave', reason });
    void this.#options.backend
      .request('signaling:close', { sessionId: this.#options.sessionId, reason })
      .catch(() => undefined);
    // A moment for the farewell to get through before the link goes.
    const keeper = this.#keeper;
    this.#keeper = null;
    setTimeout(() => keeper?.stop(), 200);
    this.#finish(reason, by);
  }

  /** Lets go without a word: another page of this backend takes the session over. */
  abandon(): void {
    this.#finish('left', 'me');
  }

  /** Takes a message that came through signaling. */
  takeSignal(message: SignalMessage): void {
    switch (message.type) {
      case 'accept':
        if (this.#state.phase !== 'asking') return;
        this.#apply({ type: 'accepted' });
        this.#markAccepted();
        return;
      case 'decline':
        if (this.#state.phase === 'asking') this.#finish('declined', 'peer');
        return;
      case 'leave':
        this.end(message.reason, 'peer');
        return;
      case 'signal':
        this.#keeper?.signal(message.link, message.signal);
        return;
      case 'relink':
        this.#keeper?.relink(message.link);
        return;
      default:
        assertNever(message);
    }
  }

  /** The signaling socket broke or is back. */
  takeSignalingLink(isUp: boolean): void {
    if (isUp) this.#keeper?.retry();
  }

  /** The backend was away and is back, without the lanes it had. */
  takeBackendReturn(): void {
    const link = this.#keeper?.link;
    if (link) this.#openLane(link);
  }

  /** Signaling is over: the backend gave up, or the other side said why. */
  takeSignalingEnd(reason: EndReason): void {
    const byPeer: readonly EndReason[] = ['left', 'declined', 'cancelled'];
    this.#finish(reason, byPeer.includes(reason) ? 'peer' : 'none');
  }

  /** A block that the backend wants sent. */
  sendBlock(order: EventData<'lanes:sendBlock'>): boolean {
    return this.#lane?.send(order) ?? false;
  }

  /** A transfer message of the backend's, for the peer. */
  sendTransfer(message: Extract<ControlMessage, { type: 'transfer' }>['message']): void {
    this.#sendControl({ type: 'transfer', message });
  }

  #apply(event: SessionEvent): void {
    const next = nextSessionState(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    this.#watchDeadline();
    if (next.phase === 'connecting') this.#link();
    this.#options.onChange();
  }

  /** A link that is being built or rebuilt has half a minute. */
  #watchDeadline(): void {
    clearTimeout(this.#deadline);
    const { phase } = this.#state;
    if (phase !== 'connecting' && phase !== 'reconnecting') return;
    const reason = phase === 'connecting' ? 'no-path' : 'lost';
    this.#deadline = setTimeout(() => this.end(reason, 'none'), RECONNECT_WINDOW_MS);
  }

  #link(): void {
    const signaling = this.#signaling;
    if (!signaling || this.#keeper) return;
    const keeper = new LinkKeeper<PeerLink>({
      isInitiator: signaling.role === 'dialer',
      createLink: () =>
        this.#createLink({
          isInitiator: signaling.role === 'dialer',
          remoteAddress: signaling.remoteAddress,
        }),
      sendSignal: (link, signal) => this.#sendSignal({ type: 'signal', link, signal }),
      sendRelink: (link) => this.#sendSignal({ type: 'relink', link }),
      onLinked: (link) => this.#linked(link),
      onLost: () => this.#apply({ type: 'linkLost', nowMs: this.#options.now() }),
      onRecovered: () => this.#apply({ type: 'linked' }),
      onClosed: () => this.#unlinked(),
      now: this.#options.now,
    });
    this.#keeper = keeper;
    this.#watchDeadline();
    // After a reload the other side has a link that leads nowhere: it is asked for a new one at once.
    if (this.#state.phase === 'reconnecting') keeper.retry();
    else keeper.start();
  }

  #createLink(options: { isInitiator: boolean; remoteAddress: string }): PeerLink {
    const link = new PeerLink(options);
    link.events.on('message', (message) => this.#takeControl(message));
    link.events.on('stream', (stream) => this.shares.takeStream(stream));
    link.events.on('violation', () => this.end('protocol-violation', 'none'));
    return link;
  }

  #linked(link: PeerLink): void {
    this.#apply({ type: 'linked' });
    this.shares.attach(link);
    this.#openLane(link);
  }

  #openLane(link: PeerLink): void {
    const { backend, sessionId, readSource } = this.#options;
    this.#lane?.close();
    const onViolation = (): void => this.end('protocol-violation', 'none');
    this.#lane = new SessionLane({ backend, sessionId, link, readSource, onViolation });
  }

  #unlinked(): void {
    this.#lane?.close();
    this.#lane = null;
    this.shares.detach();
  }

  #takeControl(message: ControlMessage): void {
    switch (message.type) {
      case 'share-started':
        this.shares.takeStarted(message.streamId);
        return;
      case 'share-stopped':
        this.shares.takeStopped(message.streamId);
        return;
      case 'leave':
        this.end(message.reason, 'peer');
        return;
      case 'transfer': {
        const { backend, sessionId, onFailure } = this.#options;
        void backend.request('transfers:receive', { sessionId, message: message.message }).catch(onFailure);
        return;
      }
      default:
        assertNever(message);
    }
  }

  #sendControl(message: ControlMessage): void {
    this.#keeper?.link?.send(message);
  }

  #sendSignal(message: SignalMessage): void {
    const { backend, sessionId } = this.#options;
    // A session that the backend has dropped ends by its own event.
    void backend.request('signaling:send', { sessionId, message }).catch(() => undefined);
  }

  #markAccepted(): void {
    const { backend, sessionId } = this.#options;
    void backend.request('signaling:markAccepted', { sessionId }).catch(() => undefined);
  }

  #finish(reason: EndReason, by: EndedBy): void {
    if (this.#state.phase === 'ended') return;
    clearTimeout(this.#deadline);
    this.shares.end();
    this.#lane?.close();
    this.#lane = null;
    this.#keeper?.stop();
    this.#keeper = null;
    this.#apply({ type: 'ended', reason, by });
  }
}
