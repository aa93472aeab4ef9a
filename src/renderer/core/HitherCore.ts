import { type TransferChange, transfersAfter, type TransferView } from '../../shared/contract/transfers';
import type { Aside } from '../../shared/contract/app';
import { Emitter } from '../../shared/Emitter';
import { type Failure, failureOf, HitherError } from '../../shared/errors';
import type { TrackSource } from '../../shared/protocol/tracks';
import type { ClientBackend } from './ClientBackend';
import { offerFiles } from './files/offerFiles';
import type { PageFiles } from './files/PageFiles';
import type { Pictures } from './files/Pictures';
import { serveReads } from './files/serveReads';
import { captureViews } from './media/captureViews';
import { mediaDevicesOf } from './media/user/DeviceList';
import { LocalMedia } from './media/LocalMedia';
import { meterOpener } from './media/levels/meterOpener';
import { RecordingControl } from './media/recording/RecordingControl';
import { type Scene, sceneOf } from './media/recording/scene';
import { ScreenQualityControl } from './media/quality/ScreenQualityControl';
import { UserMedia } from './media/user/UserMedia';
import { knownFrom, mirror } from './mirror';
import { PageTurn } from './PageTurn';
import { ToldHoldings } from './ToldHoldings';
import type { PageCertificate } from './peer/pageCertificate';
import type { Session } from './session/Session';
import { DeviceSends } from './session/DeviceSends';
import { Sessions } from './session/Sessions';
import { ScreenControls } from './share/ScreenControls';
import { EMPTY_SNAPSHOT } from './emptySnapshot';
import type { HitherCoreOptions } from './HitherCoreOptions';
import { DeviceTextLists } from './texts/DeviceTextLists';
import type {
  Coming,
  ConnectTarget,
  Core,
  CoreSnapshot,
  FolderAccess,
  LinkExam,
  LocalItem,
  Sent,
  SessionStats,
} from './types';

/** Changes are gathered this long before listeners hear of them, in ms: one frame. */
const NOTIFY_MS = 16;
/** How long the backend may be gone before sessions are given up, in ms. */
const BACKEND_GRACE_MS = 3_000;

/** The product without a face: sessions by id, and one snapshot of everything for the page to draw. */
export class HitherCore implements Core {
  readonly backend: ClientBackend;
  readonly folders: FolderAccess;
  readonly pictures: Pictures;
  readonly screen: ScreenControls;
  readonly #files: PageFiles;
  readonly #certificate: PageCertificate;
  readonly #sessions: Sessions;
  readonly #media = new LocalMedia();
  readonly #screenQuality: ScreenQualityControl;
  readonly user: UserMedia;
  readonly recording = new RecordingControl(this);
  readonly #events = new Emitter<{ changed: undefined; failure: Failure }>();
  readonly #sends: DeviceSends;
  readonly #texts = new DeviceTextLists();
  #transfers: readonly TransferView[] = [];
  /** Changes that came before the list they belong to, which is in the answer to `app:attach`. */
  #early: TransferChange[] | null = null;
  #snapshot = EMPTY_SNAPSHOT;
  readonly #turn: PageTurn;
  readonly #told: ToldHoldings;
  /** Whether a session changed since the snapshot was made. */
  #isStale = false;
  #notify: ReturnType<typeof setTimeout> | undefined;
  #grace: ReturnType<typeof setTimeout> | undefined;

  constructor({
    backend,
    files,
    folders,
    pictures,
    certificate,
    createLink,
    createSideLink,
    now = Date.now,
  }: HitherCoreOptions) {
    this.backend = backend;
    this.folders = folders;
    this.pictures = pictures;
    this.#files = files;
    this.#certificate = certificate;
    this.#sessions = new Sessions({
      backend,
      certificate: certificate.certificate,
      createLink,
      createSideLink,
      ...{ media: this.#media, preferences: () => this.#snapshot.settings },
      readSource: (sourceId, offsetBytes, lengthBytes) => files.read(sourceId, offsetBytes, lengthBytes),
      captureUnasked: (sessionId) => this.screen.captureUnasked(sessionId),
      onChange: (sessionId) => {
        this.#isStale = true;
        this.#sends.update(sessionId);
        this.#changed();
      },
      onFailure: (error) => this.#fail(error),
      now,
    });
    this.screen = this.#createScreenControls();
    this.#sends = new DeviceSends({
      ...{ backend, sessions: this.#sessions },
      offer: (sessionId, items) => offerFiles(backend, files, sessionId, items),
      sendText: (sessionId, text) => this.#sendText(sessionId, text),
      isAside: () => this.#snapshot.aside !== null,
    });
    this.#screenQuality = new ScreenQualityControl({
      media: this.#media,
      quality: () => this.#snapshot.settings?.screenQuality ?? null,
      isSlow: () => this.#sessions.isScreenSlow(),
      onChange: () => this.#update({ screenQuality: this.#screenQuality.state }),
    });
    this.user = this.#createUserMedia();
    this.#told = new ToldHoldings(backend);
    this.#turn = new PageTurn({
      backend,
      attach: () => this.#attach(),
      onAside: (aside, mayAsk) => this.#stepAside(aside, mayAsk),
      onSettings: (settings) => this.#update({ settings }),
      onFailure: (error) => this.#failUnlessGone(error),
    });
  }

  /** Attaches to the backend and begins to listen. Call once. */
  start(): void {
    this.#listen();
    this.user.start();
    this.recording.start();
    this.backend.onConnection((isConnected) => this.#connection(isConnected));
    void this.#turn.come();
  }

  getSnapshot(): CoreSnapshot {
    if (this.#isStale) {
      this.#isStale = false;
      this.#snapshot = {
        ...this.#snapshot,
        sessions: this.#sessions.views.map((view) => this.#texts.addTo(view)),
        captures: captureViews(this.#media, (sessionId) => this.#titleOf(sessionId)),
      };
    }
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    return this.#events.on('changed', listener);
  }

  onFailure(listener: (failure: Failure) => void): () => void {
    return this.#events.on('failure', listener);
  }

  useHere(): Promise<void> {
    return this.#turn.useHere();
  }

  leaveThere(): void {
    this.#turn.leaveThere();
  }

  connect(target: ConnectTarget, title: string): string {
    return this.#sessions.dial(target, title);
  }

  comeBy(invite: string): Coming {
    return this.#sessions.comeBy(invite);
  }

  accept(sessionId: string, files?: { dir?: string }): void {
    this.#sessions.get(sessionId)?.accept(files);
  }

  decline(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (session?.state.phase === 'asked') session.end('declined', 'me');
  }

  verify(sessionId: string, { trust }: { trust: boolean }): void {
    this.#sessions.get(sessionId)?.verify(trust);
  }

  reportMismatch(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (session?.state.phase === 'verifying') session.end('code-mismatch', 'me');
  }

  leave(sessionId: string): void {
    this.#sessions.get(sessionId)?.end('left', 'me');
  }

  dismiss(sessionId: string): void {
    this.#sessions.dismiss(sessionId);
  }

  setMuted(source: TrackSource, isMuted: boolean): void {
    this.#media.setMuted(source, isMuted);
  }

  stopCapture(source: TrackSource): void {
    this.#media.stop(source);
  }

  async sessionStats(sessionId: string): Promise<SessionStats | null> {
    return (await this.#sessions.get(sessionId)?.stats()) ?? null;
  }

  async linkExam(sessionId: string): Promise<LinkExam | null> {
    return (await this.#sessions.get(sessionId)?.link.examine()) ?? null;
  }

  /** This machine's network has changed: every peer link looks for its path anew. */
  renewLinks(): void {
    this.#sessions.renewLinks();
  }

  askToView(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (session?.state.phase === 'connected') session.features.viewRequests.ask();
  }

  declineView(sessionId: string): void {
    this.#sessions.get(sessionId)?.features.viewRequests.decline();
  }

  async sendText(sessionId: string, text: string): Promise<void> {
    await this.#sendText(sessionId, text);
  }

  async sendFiles(sessionId: string, items: readonly LocalItem[]): Promise<void> {
    await offerFiles(this.backend, this.#files, sessionId, items);
  }

  sendFilesTo(target: ConnectTarget, title: string, items: readonly LocalItem[]): Sent {
    return this.#sends.files(target, title, items);
  }

  sendTextTo(target: ConnectTarget, title: string, text: string): Sent {
    return this.#sends.text(target, title, text);
  }

  async #sendText(sessionId: string, text: string): Promise<string> {
    const { textId } = await this.backend.request('texts:send', { sessionId, text });
    return textId;
  }

  #handleTransfers(transfers: readonly TransferView[]): void {
    this.#files.releaseFinished(transfers);
    this.#transfers = transfers;
    this.#update({ transfers });
  }

  async #attach(): Promise<void> {
    const early: TransferChange[] = [];
    this.#early = early;
    try {
      const { fingerprint } = this.#certificate;
      const app = await this.backend.request('app:attach', { fingerprint });
      // They ended for this page alone.
      if (this.#snapshot.aside !== null) this.#sessions.dismissEnded();
      this.#told.reset();
      this.#update({ ...knownFrom(app), connection: 'ready', aside: null });
      this.#texts.reset(app.texts);
      this.#sessions.reconcile(app.sessions);
      for (const { sessionId } of this.#sends.counts) this.#sends.update(sessionId);
      this.#early = null;
      this.#files.keepOnly(app.transfers);
      this.#handleTransfers(early.reduce<readonly TransferView[]>(transfersAfter, app.transfers));
    } catch (error) {
      this.#failUnlessGone(error);
    }
  }

  /** Another page has the sessions, and its person could not stop what this one captures. */
  #stepAside(aside: Aside, mayAsk: boolean): void {
    this.#update({ connection: mayAsk ? 'occupied' : 'superseded', aside });
    this.#sessions.abandonAll();
    this.#media.stopAll();
  }

  #createScreenControls(): ScreenControls {
    return new ScreenControls({
      ...{ backend: this.backend, media: this.#media },
      session: (sessionId) => this.#sessions.get(sessionId),
      liveSession: (sessionId) => this.#session(sessionId),
      app: () => this.#snapshot.app,
      wantsSound: () => this.#snapshot.settings?.screenSound === true,
      onFailure: (error) => this.#fail(error),
    });
  }

  #createUserMedia(): UserMedia {
    return new UserMedia({
      ...{ backend: this.backend, media: this.#media },
      tracksOf: (sessionId) => this.#liveSession(sessionId)?.features.tracks ?? null,
      openMeter: meterOpener(),
      devices: mediaDevicesOf(),
      onChange: () => this.#update({ devices: this.user.lists }),
      onFailure: (error) => this.#fail(error),
    });
  }

  #tellHoldings(): void {
    if (this.#snapshot.connection !== 'ready') return;
    const sends = this.#sends.counts.map(({ sessionId, fileCount }) => ({
      peerName: this.#titleOf(sessionId),
      fileCount,
    }));
    this.#told.tell(sends, this.#media, this.user.microphone);
  }

  #titleOf(sessionId: string): string {
    return this.#sessions.get(sessionId)?.view.title ?? '';
  }

  #listen(): void {
    const { backend } = this;
    mirror(backend, (change) => this.#update(change));
    backend.on('transfers:changed', (change) => {
      if (this.#early) this.#early.push(change);
      else this.#handleTransfers(transfersAfter(this.#transfers, change));
    });
    backend.on('texts:changed', (change) => {
      this.#texts.handle(change);
      this.#isStale = true;
      this.#changed();
    });
    serveReads(backend, this.#files);
    this.#media.events.on('changed', () => {
      this.#isStale = true;
      this.#changed();
    });
    this.#sessions.listen();
  }

  #connection(isConnected: boolean): void {
    clearTimeout(this.#grace);
    if (isConnected) {
      void this.#turn.come();
      return;
    }
    this.#update({ connection: 'lost' });
    this.#grace = setTimeout(() => {
      this.#sessions.giveUpAll();
      // Nobody could stop it: the page is behind its cover.
      this.#media.stopAll();
    }, BACKEND_GRACE_MS);
  }

  /** What is on the stage of some sessions, and heard of them. */
  sceneOf(sessionIds: readonly string[]): Scene {
    return sceneOf(sessionIds.flatMap((id) => this.#liveSession(id)?.features.tracks.scene ?? []));
  }

  #session(sessionId: string): Session {
    const session = this.#liveSession(sessionId);
    if (!session) throw new HitherError('unknown-session');
    return session;
  }

  #liveSession(sessionId: string): Session | null {
    const session = this.#sessions.get(sessionId);
    return session && session.state.phase !== 'ended' ? session : null;
  }

  /** That the backend is gone shows by itself. */
  #failUnlessGone(error: unknown): void {
    if (!(error instanceof HitherError) || error.code !== 'backend-gone') this.#fail(error);
  }

  #fail(error: unknown): void {
    this.#events.emit('failure', failureOf(error));
  }

  #update(change: Partial<CoreSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    if (change.settings) {
      this.#screenQuality.update();
      this.user.follow(change.settings.voice);
    }
    this.#changed();
  }

  #changed(): void {
    if (this.#notify !== undefined) return;
    this.#notify = setTimeout(() => {
      this.#notify = undefined;
      this.#tellHoldings();
      this.#events.emit('changed', undefined);
    }, NOTIFY_MS);
  }
}
