import type { Backend } from '../../../shared/contract/backend';
import type { EventData } from '../../../shared/contract/contract';
import type { SessionInfo } from '../../../shared/contract/sessions';
import { HitherError } from '../../../shared/errors';
import { LINKS_FEATURE, LinkMessage, type RtcSignal } from '../../../shared/protocol/links';
import { RECONNECT_WINDOW_MS } from '../../../shared/protocol/lan';
import { requireFingerprint } from '../../../shared/protocol/sdp';
import { requireSideSdp } from '../../../shared/protocol/sideLink';
import { isTurnUrl } from '../../../shared/settings/iceServers';
import { TokenBucket } from '../../../shared/TokenBucket';
import { LinkDoctor } from '../doctor/LinkDoctor';
import type { LinkExam } from '../doctor/linkExam';
import { isBeyondLan } from '../peer/isBeyondLan';
import type { LinkPath } from '../peer/linkPath';
import { isBlocked, type LinkPreferences, type LinkWay, linkWayOf } from '../peer/linkWay';
import type { PeerLink, PeerLinkOptions } from '../peer/PeerLink';
import type { ScreenTracks, SessionStats } from '../peer/sessionStats';
import type { SideLink, SideLinkOptions } from '../peer/SideLink';
import { LinkCarrier } from './LinkCarrier';
import { LinkKeeper } from './LinkKeeper';
import { LinkLanes } from './LinkLanes';
import type { PageFeature } from './PageFeature';
import type { LinkStatus } from './sessionState';

/**
 * Candidates that are taken at once, and a second after that. A link has some dozens; each that the browser gets costs it a socket's
 * work, and 3,000 froze a page for 12 s.
 */
const MAX_CANDIDATES = 256;
const CANDIDATES_PER_SECOND = 16;
/**
 * All other signals: a link begins with one, and each share that begins or ends takes up to three. A browser negotiates for each;
 * 1,000 a second took two fifths of a page's time.
 */
const MAX_NEGOTIATIONS = 64;
const NEGOTIATIONS_PER_SECOND = 8;
/** How long a link stays when its session is over, in ms: the goodbye may go over it, and again if it got lost on its way. */
const FAREWELL_MS = 1_000;

export interface SessionLinkOptions {
  sessionId: string;
  backend: Backend;
  certificate: RTCCertificate;
  createLink: (options: PeerLinkOptions) => PeerLink;
  createSideLink: (options: SideLinkOptions) => SideLink;
  /** What the person has chosen about the way to peers, as it stands now; `null` before the backend has told. */
  preferences: () => LinkPreferences | null;
  readSource: (
    sourceId: string,
    offsetBytes: number,
    lengthBytes: number,
  ) => Promise<Uint8Array<ArrayBuffer>>;
  send: (message: LinkMessage) => void;
  onLinked: (link: PeerLink) => void;
  onUnlinked: () => void;
  /** No link came for a while; it goes on being tried. */
  onGivenUp: () => void;
  onStream: (stream: MediaStream) => void;
  /** Its status has changed. */
  onChange: () => void;
  /** The peer sent what breaks the protocol, or (`tampered`) an SDP that is not its own. */
  onViolation: (reason: 'protocol-violation' | 'tampered') => void;
}

/** The peer link of a session: built when both have verified, restarted or replaced when it breaks, with its lanes and its carrier. */
export class SessionLink implements PageFeature<LinkMessage> {
  readonly name = LINKS_FEATURE;
  readonly schema = LinkMessage;
  readonly #options: SessionLinkOptions;
  readonly #candidates = new TokenBucket(CANDIDATES_PER_SECOND, MAX_CANDIDATES);
  readonly #negotiations = new TokenBucket(NEGOTIATIONS_PER_SECOND, MAX_NEGOTIATIONS);
  #info: SessionInfo | null = null;
  #keeper: LinkKeeper<PeerLink> | null = null;
  #lanes: LinkLanes | null = null;
  #carrier: LinkCarrier | null = null;
  #link: PeerLink | null = null;
  #isBlocked = false;
  #isOver = false;
  #path: LinkPath | null = null;
  #hasMedia = false;
  #status: LinkStatus = 'building';
  #patience: ReturnType<typeof setTimeout> | undefined;
  readonly #doctor = new LinkDoctor();

  constructor(options: SessionLinkOptions) {
    this.#options = options;
  }

  get status(): LinkStatus {
    return this.#info?.hasPeerPage === false ? 'none' : this.#status;
  }

  /** The way that the link's packets take; `null` without a link, and until the browser tells. */
  get path(): LinkPath | null {
    return this.#path;
  }

  /** Whether there can be no link, as the person's address is to be hidden and there is no TURN server to hide it behind. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** How screens come and go; `null` without a link. */
  async stats(tracks: ScreenTracks): Promise<SessionStats | null> {
    return (await this.#link?.stats(tracks)) ?? null;
  }

  /** Whether the processor holds back what is sent. */
  async isSlow(): Promise<boolean> {
    return (await this.#link?.isSlow()) ?? false;
  }

  /** How the link's path does, and what was tried for it; each call takes a sample, so it is asked once a second. */
  examine(): Promise<LinkExam> {
    const { iceServers, mustRelay } = this.#way;
    return this.#doctor.examine({
      isUp: this.#link !== null && this.#status === 'up' && !this.#isOver,
      ...{ isOver: this.#isOver, path: this.#path },
      isBeyondLan: this.#info !== null && isBeyondLan(this.#info.route),
      hasTurn: iceServers.some(({ urls }) => [urls].flat().some(isTurnUrl)),
      ...{ mustRelay, isBlocked: this.#isBlocked },
      hasPeerPage: this.#info?.hasPeerPage ?? true,
    });
  }

  /**
   * What the backend says of the session now: once it is connected, the first link is made.
   * @param isResuming after a reload the other side has a link that leads nowhere: it is asked for a new one at once
   */
  update(info: SessionInfo, isResuming: boolean): void {
    const before = this.#info;
    this.#info = info;
    if (info.phase !== 'connected' || !info.hasPeerPage || this.#block()) return;
    if (!this.#keeper) this.#start(info, isResuming);
    else if (before && !isSameWay(before.route, info.route)) this.#keeper.renew();
    else if (before?.phase === 'reconnecting' || before?.hasPeerPage === false) this.#keeper.retry();
  }

  /** This machine's network has changed, or what the person chose about it: the link looks for its path anew. */
  renew(): void {
    const info = this.#info;
    if (info?.phase !== 'connected' || !info.hasPeerPage || this.#isOver || this.#block()) return;
    if (this.#keeper) this.#keeper.renew();
    else this.#start(info, true);
  }

  /** A message of the peer's about its links. */
  handle(message: LinkMessage): void {
    const peerFingerprint = this.#info?.peerFingerprint ?? '';
    switch (message.type) {
      case 'signal':
        if (!(message.signal.type === 'candidate' ? this.#candidates : this.#negotiations).consume()) return;
        if (this.#isSafe(() => checkSignal(message.signal, peerFingerprint)))
          this.#keeper?.signal(message.link, message.signal);
        return;
      case 'relink':
        this.#keeper?.relink(message.link);
        return;
      case 'side-offer':
      case 'side-answer':
        this.#lanes?.handleSide(message);
    }
  }

  /** A block that the backend wants sent; `false` where the order is for another lane. */
  sendBlock(order: EventData<'lanes:sendBlock'>): boolean {
    return this.#lanes?.send(order) ?? false;
  }

  /** Whether media run in the session, in either direction: they go before files. */
  setMedia(hasMedia: boolean): void {
    this.#hasMedia = hasMedia;
    this.#lanes?.setMedia(hasMedia);
  }

  /** Announces lanes and carrier to a backend that knows of none. */
  reopen(): void {
    this.#carrier?.open();
    this.#lanes?.reopen();
  }

  /** The session is over: everything closes, link and carrier a moment later, as the backend may not have said so yet. */
  end(): void {
    this.#isOver = true;
    clearTimeout(this.#patience);
    const [keeper, carrier] = [this.#keeper, this.#carrier];
    // The goodbye may take a moment; no picture goes out meanwhile.
    this.#link?.stopMedia();
    this.#keeper = null;
    this.#carrier = null;
    this.#close();
    setTimeout(() => {
      carrier?.close();
      keeper?.stop();
    }, FAREWELL_MS);
  }

  /** @returns whether there can be no link; one that there was is closed then, as it shows the address */
  #block(): boolean {
    const wasBlocked = this.#isBlocked;
    this.#isBlocked = isBlocked(this.#way);
    if (!this.#isBlocked || wasBlocked) return this.#isBlocked;
    const keeper = this.#keeper;
    this.#keeper = null;
    keeper?.stop();
    this.#close();
    clearTimeout(this.#patience);
    this.#setStatus('none');
    return true;
  }

  #start({ role }: SessionInfo, isResuming: boolean): void {
    const { send, onChange } = this.#options;
    const isInitiator = role === 'dialer';
    this.#waitFor(isResuming ? 'lost' : 'building');
    this.#keeper = new LinkKeeper<PeerLink>({
      isInitiator,
      createLink: () => this.#createLink(isInitiator),
      restart: (link) => link.restart(this.#way),
      sendSignal: (link, signal) => send({ type: 'signal', link, signal }),
      sendRelink: (link) => send({ type: 'relink', link }),
      onLinked: (link) => this.#linked(link, isInitiator),
      onLost: () => {
        // A link that is given up with its session is waited for no more.
        if (this.#keeper) this.#waitFor('lost');
        // What mends the path goes another way at once: on this one it would wait until the backend has its doubts.
        this.#carrier?.close();
        this.#carrier = null;
      },
      onRecovered: () => {
        if (this.#link) this.#openCarrier(this.#link);
        this.#up();
      },
      onClosed: () => {
        this.#close();
        onChange();
      },
    });
    if (isResuming) this.#keeper.retry();
    else this.#keeper.start();
  }

  #createLink(isInitiator: boolean): PeerLink {
    const { certificate, createLink, onViolation, onStream } = this.#options;
    const link = createLink({ isInitiator, certificate, ...this.#way });
    this.#doctor.follow(link);
    link.events.on('stream', onStream);
    link.events.on('violation', () => onViolation('protocol-violation'));
    link.events.on('path', (path) => {
      if (link === this.#link) this.#setPath(path);
    });
    return link;
  }

  #linked(link: PeerLink, isInitiator: boolean): void {
    const { backend, sessionId, certificate, createSideLink, readSource, send, onViolation } = this.#options;
    this.#close();
    this.#link = link;
    this.#doctor.connected();
    this.#up();
    this.#openCarrier(link);
    this.#options.onLinked(link);
    this.#lanes = new LinkLanes({
      ...{ backend, sessionId, link, isInitiator, readSource, send },
      createSideLink: () => createSideLink({ certificate, ...this.#way }),
      isSafe: (sdp) => this.#isSafe(() => requireSideSdp(sdp, this.#info?.peerFingerprint ?? '')),
      onViolation: () => onViolation('protocol-violation'),
    });
    this.#lanes.setMedia(this.#hasMedia);
  }

  #openCarrier(link: PeerLink): void {
    const { backend, sessionId, onViolation } = this.#options;
    this.#carrier?.close();
    this.#carrier = new LinkCarrier({
      ...{ backend, sessionId, link },
      onViolation: () => onViolation('protocol-violation'),
    });
  }

  /** How the peer is to be reached. */
  get #way(): LinkWay {
    return linkWayOf(this.#info?.route ?? null, this.#options.preferences());
  }

  #setPath(path: LinkPath | null): void {
    // What was measured of the one before is worth nothing now.
    if (this.#path !== null) this.#lanes?.rerouted();
    this.#path = path;
    this.#options.onChange();
  }

  #up(): void {
    clearTimeout(this.#patience);
    this.#setStatus('up');
  }

  /** A link is being made; after a while nobody is told to wait for it any more. */
  #waitFor(status: 'building' | 'lost'): void {
    if (this.#status === 'none') return;
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#setStatus('none'), RECONNECT_WINDOW_MS);
    this.#setStatus(status);
  }

  #setStatus(status: LinkStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    if (status === 'none') this.#options.onGivenUp();
    this.#options.onChange();
  }

  #close(): void {
    this.#link = null;
    this.#path = null;
    this.#carrier?.close();
    this.#carrier = null;
    if (!this.#lanes) return;
    this.#lanes.close();
    this.#lanes = null;
    this.#options.onUnlinked();
  }

  /** Whether something of the peer's passes a check; the session is over where it does not. */
  #isSafe(check: () => void): boolean {
    try {
      check();
      return true;
    } catch (error) {
      const isTampered = error instanceof HitherError && error.code === 'tampered';
      this.#options.onViolation(isTampered ? 'tampered' : 'protocol-violation');
      return false;
    }
  }
}

/** Servers that were given new credentials are no other way: a path that works needs none. */
function isSameWay(a: SessionInfo['route'], b: SessionInfo['route']): boolean {
  const urls = ({ iceServers }: SessionInfo['route']): string =>
    iceServers.flatMap((each) => each.urls).join();
  return a.kind === b.kind && a.address === b.address && urls(a) === urls(b);
}

/** @throws HitherError `protocol-violation` for an SDP that breaks the rules, `tampered` for one with another certificate */
function checkSignal(signal: RtcSignal, peerFingerprint: string): void {
  if (signal.type === 'offer' || signal.type === 'answer') requireFingerprint(signal.sdp, peerFingerprint);
}
