import { assertNever } from '../../../shared/assertNever';
import type { Backend } from '../../../shared/contract/backend';
import type { EventData, SessionInfo } from '../../../shared/contract/contract';
import type { ControlMessage } from '../../../shared/protocol/control';
import type { EndReason } from '../../../shared/protocol/endReason';
import type { RtcSignal, SignalMessage } from '../../../shared/protocol/signals';
import { PeerLink } from '../peer/PeerLink';
import type { LocalMedia } from '../media/LocalMedia';
import { SessionTracks } from '../media/SessionTracks';
import { LinkKeeper } from './LinkKeeper';
import { LinkLanes } from './LinkLanes';
import { SessionTexts } from '../texts/SessionTexts';
import { ViewRequests } from './ViewRequests';

/** How long a link stays after the farewell that goes over it, in ms. */
const FAREWELL_MS = 200;

export interface SessionLinkOptions {
  sessionId: string;
  backend: Backend;
  media: LocalMedia;
  certificate: RTCCertificate;
  readSource: (
    sourceId: string,
    offsetBytes: number,
    lengthBytes: number,
  ) => Promise<Uint8Array<ArrayBuffer>>;
  sendSignal: (message: SignalMessage) => void;
  /** Shares this screen where the peer may see it unasked: whether that began; `null` where the person is to be asked. */
  shareUnasked: () => Promise<boolean> | null;
  onLinked: () => void;
  onLost: () => void;
  /** The peer said goodbye. */
  onLeave: (reason: EndReason) => void;
  /** The peer sent what breaks the protocol. */
  onViolation: () => void;
  /** Checks an SDP of a side link; the session is over where it is `false`. */
  isSafeSideSdp: (sdp: string) => boolean;
  /** A share or a question for one has changed. */
  onChange: () => void;
  onFailure: (error: unknown) => void;
  now: () => number;
}

/** What a session has with its peer: the link of the moment, its lanes, and the screens and words that go over it. */
export class SessionLink {
  readonly #options: SessionLinkOptions;
  readonly tracks: SessionTracks;
  readonly viewRequests: ViewRequests;
  readonly texts: SessionTexts;
  #keeper: LinkKeeper<PeerLink> | null = null;
  #lanes: LinkLanes | null = null;

  constructor(options: SessionLinkOptions) {
    this.#options = options;
    const { sessionId, media, onChange, now, shareUnasked } = options;
    const send = (message: ControlMessage): void => this.#send(message);
    const onTheirScreen = (): void => this.viewRequests.handleTheirShare();
    this.tracks = new SessionTracks({ sessionId, media, send, onChange, onTheirScreen });
    const isSharing = (): boolean => this.tracks.view.localShare !== null;
    this.viewRequests = new ViewRequests({ send, isSharing, shareUnasked, onChange, now });
    this.texts = new SessionTexts({ send, onChange, now });
  }

  /**
   * Makes the first link, or waits for the initiator's.
   * @param signaling what is known of the peer at the time a link is built
   * @param isResuming after a reload the other side has a link that leads nowhere: it is asked for a new one at once
   */
  start(signaling: () => SessionInfo, isResuming: boolean): void {
    if (this.#keeper) return;
    const isInitiator = signaling().role === 'dialer';
    const { sendSignal, onLost, onLinked, now } = this.#options;
    const keeper = new LinkKeeper<PeerLink>({
      isInitiator,
      createLink: () => this.#createLink(isInitiator, signaling().remoteAddress),
      sendSignal: (link, signal) => sendSignal({ type: 'signal', link, signal }),
      sendRelink: (link) => sendSignal({ type: 'relink', link }),
      onLinked: (link) => this.#linked(link, signaling()),
      onLost,
      onRecovered: onLinked,
      onClosed: () => this.#unlinked(),
      now,
    });
    this.#keeper = keeper;
    if (isResuming) keeper.retry();
    else keeper.start();
  }

  /** Asks for, or makes, a link at once. */
  retry(): void {
    this.#keeper?.retry();
  }

  signal(number: number, signal: RtcSignal): void {
    this.#keeper?.signal(number, signal);
  }

  relink(number: number): void {
    this.#keeper?.relink(number);
  }

  /** Shares the screen that is captured, which also answers who asked for it. */
  shareScreen(): void {
    this.tracks.publish('screen');
    this.viewRequests.handleOwnShare();
  }

  sendTransfer(message: Extract<ControlMessage, { type: 'transfer' }>['message']): void {
    this.#send({ type: 'transfer', message });
  }

  /** A block that the backend wants sent; `false` where the order is for another lane. */
  sendBlock(order: EventData<'lanes:sendBlock'>): boolean {
    return this.#lanes?.send(order) ?? false;
  }

  /** Announces the lanes to a backend that knows of none. */
  reopenLanes(): void {
    this.#lanes?.reopen();
  }

  /** Says goodbye, if it can still be heard, and closes everything a moment later. */
  leave(reason: EndReason): void {
    this.#send({ type: 'leave', reason });
    const keeper = this.#keeper;
    this.#keeper = null;
    setTimeout(() => keeper?.stop(), FAREWELL_MS);
    this.close();
  }

  /** Closes everything at once. */
  close(): void {
    this.tracks.end();
    this.viewRequests.end();
    this.texts.end();
    this.#closeLanes();
    this.#keeper?.stop();
    this.#keeper = null;
  }

  #createLink(isInitiator: boolean, remoteAddress: string): PeerLink {
    const { certificate, onViolation } = this.#options;
    const link = new PeerLink({ isInitiator, remoteAddress, certificate });
    link.events.on('message', (message) => this.#handle(message));
    link.events.on('stream', (stream) => this.tracks.handleStream(stream));
    link.events.on('violation', onViolation);
    return link;
  }

  #linked(link: PeerLink, { role, remoteAddress }: SessionInfo): void {
    this.#options.onLinked();
    this.tracks.attach(link);
    this.texts.repeat();
    this.#closeLanes();
    this.#lanes = new LinkLanes({
      ...this.#options,
      link,
      isInitiator: role === 'dialer',
      remoteAddress,
      send: (message) => this.#send(message),
      isSafe: this.#options.isSafeSideSdp,
    });
  }

  #unlinked(): void {
    this.#closeLanes();
    this.tracks.detach();
    this.viewRequests.reset();
  }

  #closeLanes(): void {
    this.#lanes?.close();
    this.#lanes = null;
  }

  #send(message: ControlMessage): void {
    this.#keeper?.link?.send(message);
  }

  #handle(message: ControlMessage): void {
    switch (message.type) {
      case 'track-published':
      case 'track-unpublished':
      case 'track-muted':
        this.tracks.handle(message);
        return;
      case 'view-request':
        this.viewRequests.handleRequest();
        return;
      case 'view-declined':
        this.viewRequests.handleDeclined();
        return;
      case 'text':
        this.texts.handleText(message);
        return;
      case 'text-received':
        this.texts.handleReceived(message.textId);
        return;
      case 'side-offer':
      case 'side-answer':
        this.#lanes?.handleSide(message);
        return;
      case 'leave':
        this.#options.onLeave(message.reason);
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
}
