import type { Backend } from '../../../shared/contract/backend';
import type { EndedBy, SessionInfo } from '../../../shared/contract/sessions';
import type { TrustPermissions } from '../../../shared/contract/trust';
import { HitherError } from '../../../shared/errors';
import type { EndReason } from '../../../shared/protocol/endReason';
import type { SessionScope } from '../../../shared/protocol/purpose';
import { ALL_RIGHTS } from '../../../shared/protocol/rights';
import { LINKS_FEATURE } from '../../../shared/protocol/links';
import { createFeatures, type Features, viewsOf } from '../features';
import type { LocalMedia } from '../media/LocalMedia';
import type { SessionStats } from '../peer/sessionStats';
import type { PageSessionView } from '../types';
import type { FeatureContext, PageFeature } from './PageFeature';
import { SessionLink, type SessionLinkOptions } from './SessionLink';
import { type SessionState, stateOf } from './sessionState';

/** Messages that may come before our own backend has told that the other one answered; honest ones are few. */
const MAX_EARLY = 16;
/** A session that the backend has dropped ends by its own event, and one without a backend with that. */
const IS_OVER: readonly string[] = ['unknown-session', 'backend-gone'];

export interface SessionOptions extends Pick<
  SessionLinkOptions,
  'certificate' | 'readSource' | 'createLink' | 'createSideLink' | 'preferences'
> {
  /** What the app captures, for all sessions. */
  media: LocalMedia;
  /** Has a screen captured without a question; rejects where only a person can. */
  captureUnasked: (sessionId: string) => Promise<void>;
  sessionId: string;
  title: string;
  direction: PageSessionView['direction'];
  /** What this page dials for; the backend knows better once it has the session. */
  scope: SessionScope;
  backend: Backend;
  onChange: () => void;
  /** A failure that no caller waits for. */
  onFailure: (error: unknown) => void;
  /** The time of day. */
  now: () => number;
}

/** One session as the page mirrors it: what the backend says of it, its peer link, and its features. */
export class Session {
  readonly #options: SessionOptions;
  readonly #startedMs: number;
  readonly link: SessionLink;
  readonly features: Features;
  readonly #byName: ReadonlyMap<string, PageFeature>;
  #info: SessionInfo | null = null;
  #ended: { reason: EndReason; by: EndedBy } | null = null;
  #early: { feature: string; body: unknown }[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#startedMs = options.now();
    const { backend, sessionId, certificate, readSource, createLink, createSideLink, preferences, onChange } =
      options;
    this.link = new SessionLink({
      ...{ backend, sessionId, certificate, readSource, createLink, createSideLink, preferences, onChange },
      send: (message) => this.#send(LINKS_FEATURE, message),
      onLinked: (link) => {
        for (const feature of this.#byName.values()) feature.linked?.(link);
      },
      onUnlinked: () => {
        for (const feature of this.#byName.values()) feature.unlinked?.();
      },
      onGivenUp: () => {
        for (const feature of this.#byName.values()) feature.linkGivenUp?.();
      },
      onStream: (stream) => this.features.tracks.handleStream(stream),
      onViolation: (reason) => this.end(reason, 'none'),
    });
    this.features = createFeatures((name) => this.#contextOf(name));
    this.features.tracks.onMedia((hasMedia) => this.link.setMedia(hasMedia));
    const all = [this.link, ...Object.values(this.features)] as PageFeature[];
    this.#byName = new Map(all.map((feature) => [feature.name, feature]));
  }

  get state(): SessionState {
    return this.#ended ? { phase: 'ended', ...this.#ended } : stateOf(this.#info, this.link.status);
  }

  /** Whether messages get through: texts and files may go, whatever the peer link does. */
  get isConnected(): boolean {
    return this.#ended === null && this.#info?.phase === 'connected';
  }

  /** Whether it has ended and nobody needs to be told: what it was for tells of itself, and it was in no view. */
  get endsSilently(): boolean {
    return this.#ended !== null && this.#scope === 'files' && this.#info?.phase !== 'verifying';
  }

  get #scope(): SessionScope {
    return this.#info?.scope ?? this.#options.scope;
  }

  /** What the peer may do without a question; `null` for a device that is not trusted. */
  get permissions(): TrustPermissions | null {
    const trust = this.#info?.trust;
    return trust?.state === 'trusted' ? trust.permissions : null;
  }

  get view(): PageSessionView {
    const { sessionId, direction, title } = this.#options;
    const info = this.#info;
    return {
      sessionId,
      peer: info?.peer ?? null,
      title: info?.peer.name ?? title,
      direction,
      scope: this.#scope,
      purpose: info?.purpose ?? null,
      rights: info?.rights ?? ALL_RIGHTS,
      ownRights: info?.ownRights ?? ALL_RIGHTS,
      state: this.state,
      hasLink: this.link.status === 'up',
      path: this.link.path,
      isLinkBlocked: this.link.isBlocked,
      isConnected: this.isConnected,
      security: info && {
        peerKey: info.peerKey,
        code: info.code,
        proof: info.proof,
        trust: info.trust,
        isVerified: info.isVerified,
        isPeerVerified: info.isPeerVerified,
      },
      ...viewsOf(this.features),
      waitsUntilMs: this.#ended ? null : (info?.waitsUntilMs ?? null),
      startedMs: this.#startedMs,
    };
  }

  /** How its screens come and go; `null` without a peer link. */
  stats(): Promise<SessionStats | null> {
    const { localShare, remoteShare } = this.features.tracks.view;
    const trackId = (share: typeof localShare) => share?.stream.getVideoTracks()[0]?.id ?? null;
    return this.link.stats({ outgoing: trackId(localShare), incoming: trackId(remoteShare) });
  }

  /** What the backend knows of the session. @param isResuming it was there before this page was */
  update(info: SessionInfo, isResuming = false): void {
    if (this.#ended) return;
    const isFirst = this.#info === null;
    this.#info = info;
    this.link.update(info, isResuming);
    this.#options.onChange();
    if (isFirst) for (const { feature, body } of this.#early.splice(0)) this.handleMessage(feature, body);
  }

  /** A message of one of the peer's features. One that this page does not know is for a newer one. */
  handleMessage(name: string, body: unknown): void {
    if (this.#ended) return;
    if (this.#info === null) {
      if (this.#early.length < MAX_EARLY) this.#early.push({ feature: name, body });
      return;
    }
    const feature = this.#byName.get(name);
    const message = feature?.schema.safeParse(body);
    if (message?.success === false) this.end('protocol-violation', 'none');
    else if (message) feature?.handle(message.data);
  }

  /** The session is over. */
  handleEnd(reason: EndReason, by: EndedBy): void {
    if (this.#ended) return;
    this.#ended = { reason, by };
    for (const feature of this.#byName.values()) feature.end();
    this.#options.onChange();
  }

  /** The person says yes to the request. @param files that this is for, with the folder that they go to */
  accept(files?: { dir?: string }): void {
    const { backend, sessionId } = this.#options;
    this.#told(backend.request('sessions:accept', { sessionId, ...(files && { files }) }));
  }

  /** The codes match. @param trust whether the device is trusted from now on */
  verify(trust: boolean): void {
    const { backend, sessionId } = this.#options;
    this.#told(backend.request('sessions:verify', { sessionId, trust }));
  }

  /** Ends the session, or takes the request back, and tells the other side as far as it can still be told. */
  end(reason: 'declined' | 'left' | 'code-mismatch' | 'protocol-violation' | 'tampered', by: EndedBy): void {
    if (this.#ended) return;
    const isTakenBack = reason === 'left' && (this.#info === null || this.#info.phase === 'asking');
    const { backend, sessionId } = this.#options;
    this.#told(backend.request('sessions:end', { sessionId, reason }));
    this.handleEnd(isTakenBack ? 'cancelled' : reason, by);
  }

  #told(request: Promise<unknown>): void {
    request.catch((error: unknown) => {
      const isOver = error instanceof HitherError && IS_OVER.includes(error.code);
      if (!isOver) this.#options.onFailure(error);
    });
  }

  #contextOf(name: string): FeatureContext {
    const { sessionId, media, captureUnasked, onChange } = this.#options;
    return {
      sessionId,
      media,
      send: (message) => this.#send(name, message),
      onChange,
      permissions: () => this.permissions,
      isLinked: () => this.isConnected && this.link.status === 'up',
      isLinkExpected: () => this.link.status !== 'none',
      captureUnasked: () => captureUnasked(sessionId),
      monotonicMs: () => performance.now(),
    };
  }

  #send(feature: string, body: unknown): void {
    const { backend, sessionId } = this.#options;
    // A session that the backend has dropped ends by its own event.
    void backend.request('sessions:send', { sessionId, feature, body }).catch(() => undefined);
  }
}
