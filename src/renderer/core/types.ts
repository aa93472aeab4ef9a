import type { Backend } from '../../shared/contract/backend';
import type { AppState, Notice, NearbyState } from '../../shared/contract/contract';
import type { TransferView } from '../../shared/contract/transfers';
import type { DeviceInfo } from '../../shared/device';
import type { Failure } from '../../shared/errors';
import type { Settings } from '../../shared/settings/settings';
import type { SessionState } from './session/sessionState';

/** Whom to connect to: a device from the list, or an address a person typed. */
export type ConnectTarget = { kind: 'device'; deviceId: string } | { kind: 'address'; address: string };

/** A screen on its way in one direction. */
export interface ShareView {
  stream: MediaStream;
  /** What the browser or the picker calls the source; empty where it doesn't say. */
  label: string;
}

/** A session as the page shows it; a new object whenever something changed. */
export interface SessionView {
  sessionId: string;
  /** `null` while dialing an address that has not answered. */
  peer: DeviceInfo | null;
  /** What to call the other side now: its name, or the address that was typed. */
  title: string;
  direction: 'outgoing' | 'incoming';
  state: SessionState;
  /** What this side shares, and what the other side shares. */
  localShare: ShareView | null;
  remoteShare: ShareView | null;
  startedMs: number;
}

/** Something dropped or picked: a `File` with the relative path it shall have, or an empty folder. */
export type LocalItem = { kind: 'file'; file: File; path: string } | { kind: 'folder'; path: string };

/** Everything the page shows, as one snapshot. `null` before the backend has answered for the first time. */
export interface CoreSnapshot {
  app: AppState | null;
  settings: Settings | null;
  nearby: NearbyState | null;
  notices: readonly Notice[];
  sessions: readonly SessionView[];
  transfers: readonly TransferView[];
  /** `lost`: the backend stopped or can't be reached; `superseded`: another page took over. */
  connection: 'starting' | 'ready' | 'lost' | 'superseded';
}

/**
 * The product without a face. The state layer subscribes to snapshots; everything a person can do is a method.
 * Methods reject with `HitherError`; the UI turns its code into words.
 */
export interface Core {
  getSnapshot(): CoreSnapshot;
  /** Called after every change, at most once a frame; returns the disposer. */
  subscribe(listener: () => void): () => void;
  /** Failures that belong to no call that is still waited for; returns the disposer. */
  onFailure(listener: (failure: Failure) => void): () => void;

  /** Asks the other side for a session; returns its id at once, the outcome shows in the snapshot. */
  connect(target: ConnectTarget, title: string): string;
  accept(sessionId: string): void;
  decline(sessionId: string): void;
  /** Takes back a request, or leaves a session. */
  leave(sessionId: string): void;
  /** Forgets an ended session. */
  dismiss(sessionId: string): void;

  /**
   * Shares a screen. In the desktop app `sourceId` names the source that the person picked; elsewhere the browser asks.
   * @throws HitherError `capture-denied` when the person cancels, `capture-failed` otherwise
   */
  shareScreen(sessionId: string, sourceId?: string): Promise<void>;
  stopSharing(sessionId: string): void;

  /** Offers files in a session. */
  sendFiles(sessionId: string, items: readonly LocalItem[]): Promise<void>;
  /** Connects (or uses the session there is), and offers the files once the other person has accepted. Returns the session id. */
  sendFilesTo(target: ConnectTarget, title: string, items: readonly LocalItem[]): string;

  /** Every other request of the contract goes straight to the backend. */
  readonly backend: Backend;
}
