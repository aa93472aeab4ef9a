import type { DoctorFinding } from '../../src/shared/contract/doctor';
import type { Backend } from '../../src/shared/contract/backend';
import type { AppState } from '../../src/shared/contract/app';
import type { EventMap, EventName, RequestName } from '../../src/shared/contract/contract';
import { Emitter } from '../../src/shared/Emitter';
import type { CaptureSource } from '../../src/shared/contract/shell';
import type { Renamed, TransferView } from '../../src/shared/contract/transfers';
import { ALL_RIGHTS } from '../../src/shared/protocol/rights';
import type { ManifestEntry } from '../../src/shared/protocol/transfer';
import { type ErrorCode, type Failure, HitherError } from '../../src/shared/errors';
import type {
  Coming,
  Core,
  CoreSnapshot,
  LinkExam,
  SendOutcome,
  Sent,
  SessionStats,
  SessionView,
} from '../../src/renderer/core/types';
import { inviteAnswer } from './sampleInvites';
import { sampleStats } from './sampleStats';
import { fakeRecording } from './fakeRecording';
import { FakeUserMedia } from './FakeUserMedia';
import { capturesOf, NO_TRACKS } from './snapshotOf';

/** One thing that was asked of the fake, in order. */
export interface Call {
  name: string;
  args: unknown;
}

/** A core whose snapshot the test sets, and which writes down what it is asked for. */
export class FakeCore implements Core {
  readonly calls: Call[] = [];
  readonly user = new FakeUserMedia((name, args) => this.#note(name, args));
  readonly recording = fakeRecording((name, args) => this.#note(name, args));
  /** Answers to `transfers:entries`, `capture:sources`, `folders:check` and `transfers:preview`. */
  entries: ManifestEntry[] = [];
  /** What `transfers:history` looks in. */
  history: TransferView[] = [];
  sources: CaptureSource[] = [];
  freeBytes = 120e9;
  /** What `doctor:examine` finds. */
  findings: DoctorFinding[] = [];
  /** How the ways of sessions do, by session; every other one is unknown. */
  readonly exams = new Map<string, LinkExam>();
  renamed: Renamed = { count: 0, examples: [] };
  /** Requests that fail, with the code they fail with. */
  readonly failing = new Map<RequestName, ErrorCode>();
  /** Requests that are answered only when this has resolved. */
  readonly held = new Map<RequestName, Promise<unknown>>();
  /** Scenes and specs put what another page could do in its place. */
  folders: Core['folders'] = { kind: 'input' };
  readonly backend: Backend;
  #snapshot: CoreSnapshot;
  #settleLast: (outcome: SendOutcome | HitherError) => void = () => undefined;
  readonly #listeners = new Set<() => void>();
  readonly #failureListeners = new Set<(failure: Failure) => void>();
  readonly #events = new Emitter<EventMap>();
  #settleComing: (failure: HitherError | null) => void = () => undefined;

  constructor(snapshot: CoreSnapshot) {
    this.#snapshot = snapshot;
    this.backend = {
      request: ((name: RequestName, args: unknown) => this.#answer(name, args)) as Backend['request'],
      on: (name, listener) => this.#events.on(name, listener),
      onConnection: () => () => undefined,
    };
  }

  /** Changes the snapshot and tells everybody. */
  set(change: Partial<CoreSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** Has the backend say something. */
  emit<E extends EventName>(name: E, data: EventMap[E]): void {
    this.#events.emit(name, data);
  }

  fail(failure: Failure): void {
    for (const listener of this.#failureListeners) listener(failure);
  }

  getSnapshot(): CoreSnapshot {
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onFailure(listener: (failure: Failure) => void): () => void {
    this.#failureListeners.add(listener);
    return () => this.#failureListeners.delete(listener);
  }

  useHere(): Promise<void> {
    this.set({ connection: 'ready', aside: null });
    return this.#noted('useHere', []);
  }

  leaveThere(): void {
    this.#note('leaveThere', []);
    this.set({ connection: 'superseded' });
  }

  connect(...args: Parameters<Core['connect']>): string {
    return this.#newSession('connect', args, args[1]);
  }

  comeBy(invite: string): Coming {
    this.#note('comeBy', invite);
    const sessionId = this.calls.length.toString(16).padStart(32, '0');
    const outcome = new Promise<void>((resolve, reject) => {
      this.#settleComing = (failure) => (failure ? reject(failure) : resolve());
    });
    return { sessionId, outcome, cancel: () => this.#settleComing(new HitherError('cancelled')) };
  }

  /** The invite that was come by last leads nowhere. */
  failComing({ code, facts }: Failure): void {
    this.#settleComing(new HitherError(code, facts));
  }

  /** It leads to this session. */
  settleComing(result: SessionView): void {
    const sessionId = this.calls.length.toString(16).padStart(32, '0');
    this.set({ sessions: [...this.#snapshot.sessions, { ...result, sessionId }] });
    this.#settleComing(null);
  }

  sendFilesTo(...args: Parameters<Core['sendFilesTo']>): Sent {
    return this.#sent('sendFilesTo', args, 'files');
  }

  sendTextTo(...args: Parameters<Core['sendTextTo']>): Sent {
    return this.#sent('sendTextTo', args, 'all');
  }

  readonly pictures: Core['pictures'] = {
    thumbnail: () => Promise.resolve(null),
    whole: () => Promise.resolve(null),
  };

  /** Says what became of what was sent last. */
  settle(outcome: SendOutcome | HitherError): void {
    this.#settleLast(outcome);
  }

  /** In the session there is with the device, or in a new one. */
  #sent(
    name: string,
    args: Parameters<Core['sendFilesTo' | 'sendTextTo']>,
    scope: SessionView['scope'],
  ): Sent {
    const [target, title] = args;
    const live = this.#snapshot.sessions.find(
      ({ peer, state }) =>
        target.kind === 'device' && peer?.deviceId === target.deviceId && state.phase !== 'ended',
    );
    if (live) this.#note(name, args);
    const sessionId = live?.sessionId ?? this.#newSession(name, args, title, scope);
    const outcome = new Promise<SendOutcome>((resolve, reject) => {
      this.#settleLast = (result) => (result instanceof HitherError ? reject(result) : resolve(result));
    });
    return { sessionId, outcome, cancel: () => this.#note('cancelSend', sessionId) };
  }

  accept(sessionId: string, files?: { dir?: string }): void {
    this.#note('accept', files ? [sessionId, files] : sessionId);
    this.#setPhase(sessionId, { phase: 'connected' });
  }

  decline(sessionId: string): void {
    this.#note('decline', sessionId);
    this.#setPhase(sessionId, { phase: 'ended', reason: 'declined', by: 'me' });
  }

  verify(...args: Parameters<Core['verify']>): void {
    this.#note('verify', args);
    const [sessionId] = args;
    this.#change(sessionId, ({ security }) =>
      security === null
        ? {}
        : {
            security: { ...security, isVerified: true },
            ...(security.isPeerVerified ? { state: { phase: 'connected' } } : {}),
          },
    );
  }

  reportMismatch(sessionId: string): void {
    this.#note('reportMismatch', sessionId);
    this.#setPhase(sessionId, { phase: 'ended', reason: 'code-mismatch', by: 'me' });
  }

  leave(sessionId: string): void {
    this.#note('leave', sessionId);
    this.#setPhase(sessionId, { phase: 'ended', reason: 'left', by: 'me' });
  }

  dismiss(sessionId: string): void {
    this.#note('dismiss', sessionId);
    this.set({ sessions: this.#snapshot.sessions.filter((session) => session.sessionId !== sessionId) });
  }

  readonly screen: Core['screen'] = {
    ...{ canShareRegion: true, canAskForSound: true },
    share: (...args) => this.#noted('shareScreen', args),
    prepare: (...args) => this.#noted('prepareScreen', args),
    replace: (...args) => this.#noted('replaceScreen', args),
    stop: (sessionId) => {
      this.#note('stopSharing', sessionId);
      this.#change(sessionId, () => ({ localShare: null }));
      this.set({ captures: capturesOf(this.#snapshot.sessions) });
    },
    setRegion: (region) => {
      this.#note('setRegion', region);
      this.set({ captures: this.#snapshot.captures.map((each) => ({ ...each, region })) });
    },
  };

  setMuted(...args: Parameters<Core['setMuted']>): void {
    this.#note('setMuted', args);
    const [source, isMuted] = args;
    const captures = this.#snapshot.captures.map((each) =>
      each.source === source ? { ...each, mute: isMuted ? ('paused' as const) : ('none' as const) } : each,
    );
    this.set({ captures });
  }

  stopCapture(...args: Parameters<Core['stopCapture']>): void {
    this.#note('stopCapture', args);
    const sessions = this.#snapshot.sessions.map((session) => ({ ...session, localShare: null }));
    this.set({ sessions, captures: [] });
  }

  /** How screens come and go, as the harness says. */
  stats: SessionStats | null = sampleStats;

  sessionStats(): Promise<SessionStats | null> {
    return Promise.resolve(this.stats && { ...this.stats, atMs: performance.now() });
  }

  linkExam(sessionId: string): Promise<LinkExam | null> {
    this.#note('linkExam', sessionId);
    return Promise.resolve(this.exams.get(sessionId) ?? null);
  }

  askToView(sessionId: string): void {
    this.#note('askToView', sessionId);
    this.#change(sessionId, () => ({ viewRequest: 'waiting' }));
  }

  declineView(sessionId: string): void {
    this.#note('declineView', sessionId);
    this.#change(sessionId, () => ({ isViewRequested: false }));
  }

  sendText(...args: Parameters<Core['sendText']>): Promise<void> {
    this.#note('sendText', args);
    const [sessionId, text] = args;
    const textId = this.calls.length.toString(16).padStart(32, '0');
    this.#change(sessionId, ({ texts }) => ({
      texts: [...texts, { textId, direction: 'out', text, state: 'sending', atMs: 0 }],
    }));
    return Promise.resolve();
  }

  sendFiles(...args: Parameters<Core['sendFiles']>): Promise<void> {
    return this.#noted('sendFiles', args);
  }

  /** The arguments of every call of a name. */
  callsOf(name: string): unknown[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args);
  }

  #noted(name: string, args: unknown): Promise<void> {
    this.#note(name, args);
    return Promise.resolve();
  }

  #note(name: string, args: unknown): void {
    this.calls.push({ name, args });
  }

  #newSession(name: string, args: unknown, title: string, scope: SessionView['scope'] = 'all'): string {
    this.#note(name, args);
    const sessionId = this.calls.length.toString(16).padStart(32, '0');
    const session: SessionView = {
      sessionId,
      peer: null,
      title,
      direction: 'outgoing',
      scope,
      purpose: null,
      rights: ALL_RIGHTS,
      ownRights: ALL_RIGHTS,
      state: { phase: 'dialing' },
      hasLink: false,
      path: null,
      isLinkBlocked: false,
      isConnected: false,
      security: null,
      ...NO_TRACKS,
      viewRequest: 'ready',
      isViewRequested: false,
      ...{ texts: [], waitsUntilMs: null, startedMs: 0 },
    };
    this.set({ sessions: [...this.#snapshot.sessions, session] });
    return sessionId;
  }

  #setPhase(sessionId: string, state: SessionView['state']): void {
    this.#change(sessionId, () => ({ state }));
  }

  #change(sessionId: string, change: (session: SessionView) => Partial<SessionView>): void {
    const sessions = this.#snapshot.sessions.map((session) =>
      session.sessionId === sessionId ? { ...session, ...change(session) } : session,
    );
    this.set({ sessions });
  }

  async #answer(name: RequestName, args: unknown): Promise<unknown> {
    this.#note(name, args);
    await this.held.get(name);
    const code = this.failing.get(name);
    if (code !== undefined) throw new HitherError(code);
    const aboutInvites = inviteAnswer(name, args, this.#snapshot.invites);
    if (aboutInvites) {
      this.set(aboutInvites.change);
      return aboutInvites.result;
    }
    switch (name) {
      case 'doctor:examine':
        return { findings: this.findings };
      case 'settings:update': {
        const settings = { ...this.#snapshot.settings, ...(args as object) } as AppState['settings'];
        this.set({ settings });
        return settings;
      }
      case 'trust:update': {
        const { deviceId, ...change } = args as { deviceId: string };
        const trusted = this.#snapshot.trusted.map((each) =>
          each.deviceId === deviceId ? { ...each, ...change } : each,
        );
        this.set({ trusted });
        return {};
      }
      case 'trust:revoke': {
        const { deviceId } = args as { deviceId: string };
        this.set({ trusted: this.#snapshot.trusted.filter((each) => each.deviceId !== deviceId) });
        return {};
      }
      case 'transfers:history': {
        const { query, from, count } = args as { query: string; from: number; count: number };
        const matching = this.history.filter(({ peerName, rootNames }) =>
          [peerName, ...rootNames].some((name) => name.toLowerCase().includes(query.toLowerCase())),
        );
        return { total: matching.length, transfers: matching.slice(from, from + count) };
      }
      case 'transfers:forget': {
        const { transferId } = args as { transferId: string };
        this.history = this.history.filter((each) => each.transferId !== transferId);
        return {};
      }
      case 'transfers:clear':
        this.history = [];
        return {};
      case 'transfers:entries': {
        const { from, count } = args as { from: number; count: number };
        return { total: this.entries.length, entries: this.entries.slice(from, from + count) };
      }
      case 'transfers:decline':
      case 'transfers:accept': {
        const { transferId } = args as { transferId: string };
        const phase: TransferView['phase'] = name === 'transfers:accept' ? 'active' : 'declined';
        const transfers = this.#snapshot.transfers.map((transfer) =>
          transfer.transferId === transferId ? { ...transfer, phase } : transfer,
        );
        this.set({ transfers });
        return {};
      }
      case 'capture:sources':
        return { sources: this.sources };
      case 'transfers:preview':
        return { freeBytes: this.freeBytes, renamed: this.renamed };
      case 'folders:check':
        return { freeBytes: this.freeBytes };
      default:
        return name === 'folders:choose' ? { dir: '/home/mina/Pictures' } : {};
    }
  }
}
