import type { Region } from './media/region/Region';
import type { Backend } from '../../shared/contract/backend';
import type { AppState, Aside, Notice, OpenedLink } from '../../shared/contract/app';
import type { Away } from '../../shared/contract/away';
import type { EmbeddedRelayState } from '../../shared/contract/embeddedRelay';
import type { Invite } from '../../shared/contract/invites';
import type { RecordingsState } from '../../shared/contract/recordings';
import type { EndedBy, SessionProof } from '../../shared/contract/sessions';
import type { TextView } from '../../shared/contract/texts';
import type { NearbyState } from '../../shared/contract/nearby';
import type { LeftOutReason, TransferView } from '../../shared/contract/transfers';
import type { PeerTrust, TrustedDevice } from '../../shared/contract/trust';
import type { DeviceInfo } from '../../shared/device';
import type { Failure } from '../../shared/errors';
import type { ShortCode } from '../../shared/identity/shortCode';
import type { EndReason } from '../../shared/protocol/endReason';
import type { FilesPurpose, SessionScope } from '../../shared/protocol/purpose';
import type { PeerRights } from '../../shared/protocol/rights';
import type { TrackMute, TrackSource } from '../../shared/protocol/tracks';
import type { Settings } from '../../shared/settings/settings';
import type { SessionState } from './session/sessionState';
import type { FeatureViews } from './features';
import type { DeviceLists } from './media/user/DeviceList';
import type { RecordingControls } from './media/recording/RecordingControl';
import type { UserMediaControls } from './media/user/UserMedia';
import type { Pictures } from './files/Pictures';
import type { LinkExam, TriedPair } from './doctor/linkExam';
import type { LinkPath } from './peer/linkPath';
import type { ScreenQualityState } from './media/quality/ScreenQualityControl';
import type { SessionStats, StreamStats } from './peer/sessionStats';

export type { LinkExam, Region, SessionStats, StreamStats, TriedPair };

/** Whom to connect to: a device from the list, or an address a person typed. */
export type ConnectTarget = { kind: 'device'; deviceId: string } | { kind: 'address'; address: string };

/** A track on its way in one direction. */
export interface ShareView {
  stream: MediaStream;
  /** What the browser or the picker calls the source; empty where it doesn't say. */
  label: string;
  /** Why it is there and shows nothing, if so. */
  mute: TrackMute;
}

/** Something that this device captures, for any number of sessions. */
export interface CaptureView {
  source: TrackSource;
  /** The whole picture, also where a region of it is shown. */
  stream: MediaStream;
  label: string;
  /** The part of it that is shown, where it isn't all. */
  region: Region | null;
  /** As of a share. */
  mute: TrackMute;
  /** Who gets it; while there is nobody, it ends by itself within a minute. */
  watchers: readonly { sessionId: string; title: string }[];
}

/** Who the peer of a session is, as far as its handshake proves it, and how far both people have checked that. */
export interface SessionSecurity {
  /** The peer's identity key: 64 lower-case hex digits. */
  peerKey: string;
  /** What both people see if nobody is in between. */
  code: ShortCode;
  /** What shows that nobody is in between, where the key is not pinned. */
  proof: SessionProof;
  /** What this device's list of trusted devices says of the key. */
  trust: PeerTrust;
  /** This person has compared the code, or trusts the device. */
  isVerified: boolean;
  /** The other person has. */
  isPeerVerified: boolean;
}

/**
 * How this side's "may I see your screen?" stands.
 * - `ready`: it can be asked
 * - `waiting`: asked, not answered
 * - `declined`: "not now"; `ready` again ten seconds after that answer
 * - `no-screen`: nobody is there who could show one; likewise
 * - `resting`: answered with a share; `ready` again ten seconds after the question
 */
export type ViewRequestState = 'ready' | 'waiting' | 'declined' | 'no-screen' | 'resting';

/** What every session has, whatever its features are. */
interface SessionBase {
  sessionId: string;
  /** `null` while dialing an address that has not answered. */
  peer: DeviceInfo | null;
  /** What to call the other side now: its name, or the address that was typed. */
  title: string;
  direction: 'outgoing' | 'incoming';
  /** Everything, or files alone: then it has no view of its own but to compare the code. */
  scope: SessionScope;
  /** The files that it was asked for, where the other side named them. */
  purpose: FilesPurpose | null;
  /** What the peer may do here, and what this side may do there: less than everything only where one invited the other. */
  rights: PeerRights;
  ownRights: PeerRights;
  state: SessionState;
  /** Whether a peer link is up, so that screens can be seen. */
  hasLink: boolean;
  /** The way that its packets take; `null` where there is none, or the browser doesn't tell. */
  path: LinkPath | null;
  /** There can be no peer link: this person's address is to be hidden, and there is no TURN server to hide it behind. */
  isLinkBlocked: boolean;
  /** Whether messages get through: texts and files may go, whatever the peer link does. */
  isConnected: boolean;
  /** `null` until the other device has proven who it is. */
  security: SessionSecurity | null;
  /** While a person is waited for: when that ends, in ms since the epoch. */
  waitsUntilMs: number | null;
  startedMs: number;
}

/** A session as far as the page itself knows it: with what its features show. */
export type PageSessionView = SessionBase & FeatureViews;

/** A session as the page shows it; a new object whenever something changed. */
export type SessionView = PageSessionView & {
  /** What this device and the peer have sent each other as text, oldest first. */
  texts: readonly TextView[];
};

/**
 * Something dropped or picked: a `File` with the relative path it shall have, a folder that the backend reads by its path, an empty
 * folder, or what can't be taken of a folder.
 */
export type LocalItem =
  | { kind: 'file'; file: File; path: string; sizeBytes: number }
  | { kind: 'path'; token: string; path: string }
  | { kind: 'folder'; path: string }
  | { kind: 'left-out'; reason: LeftOutReason; path: string };

/** Hears how many files and folders have been found so far, at each of them. */
export type OnFound = (count: number) => void;

/** Reads what a person dropped or picked, and tells how much it has found so far, as often as it likes. */
export type ReadItems = (onFound: OnFound) => Promise<LocalItem[]>;

/**
 * What this page can do about folders.
 * - `path`: the desktop app has them read by their paths, dropped ones too: with links told of, times, and what may be run
 * - `handle`: the browser has a dialog that gives every file and folder in it, and no links, times of folders, or what may be run
 * - `input`: an `<input webkitdirectory>` has to do, which gives files alone
 * `choose` asks the person, and gives what reads their choice, or `null` where they cancelled.
 * It throws HitherError `folder-not-opened` where the browser refuses.
 */
export type FolderAccess =
  | {
      kind: 'path';
      choose: () => Promise<ReadItems | null>;
      /** A token for a dropped folder's path; `null` where it has none. */
      register: (folder: File) => Promise<string | null>;
    }
  | { kind: 'handle'; choose: () => Promise<ReadItems | null> }
  | { kind: 'input' };

/** What became of something that was sent to a device. */
export type SendOutcome =
  /** It went out: as the transfer, or the text, of this id. */
  | { kind: 'sent'; sentId: string }
  /** The session that it was for ended first. */
  | { kind: 'ended'; reason: EndReason; by: EndedBy };

/** Something that is sent to a device: in which session, and what becomes of it. `outcome` rejects with HitherError. */
export interface Sent {
  sessionId: string;
  outcome: Promise<SendOutcome>;
  /** Takes it back while it waits, and with it the session that was asked for it; later it means nothing. */
  cancel: () => void;
}

/** An invite that this side comes by: the session it may lead to, which shows only when it does. */
export interface Coming {
  sessionId: string;
  /** Resolves when the session is there; rejects with HitherError, `cancelled` where it was taken back. */
  outcome: Promise<void>;
  /** Takes it back; later it means nothing. */
  cancel: () => void;
}

/** Everything the page shows, as one snapshot. `null` before the backend has answered for the first time. */
export interface CoreSnapshot {
  app: AppState | null;
  settings: Settings | null;
  nearby: NearbyState | null;
  notices: readonly Notice[];
  sessions: readonly SessionView[];
  /** What is captured here, whether somebody gets it or not. */
  captures: readonly CaptureView[];
  /** How the screen is sent that is captured. */
  screenQuality: ScreenQualityState;
  /** What voice and camera may come from and go to. */
  devices: DeviceLists;
  transfers: readonly TransferView[];
  /** What is recorded, here and by others, and what is asked about that. */
  recordings: RecordingsState;
  /** Devices whose keys this person has pinned. */
  trusted: readonly TrustedDevice[];
  /** The invites that this person has given out and that somebody may still come by, oldest first. */
  invites: readonly Invite[];
  /** A link of Hither's own that was opened outside of it and that this person has not answered. */
  openedLink: OpenedLink | null;
  /** Which trusted devices a relay leads to now, and what keeps it from that. */
  away: Away;
  /** How the relay stands that this device runs for its network. */
  embeddedRelay: EmbeddedRelayState;
  /**
   * `lost`: the backend stopped or can't be reached; `superseded`: another page is in use; `occupied`: likewise, and it would lose
   * something to this one, so the person is asked.
   */
  connection: 'starting' | 'ready' | 'lost' | 'superseded' | 'occupied';
  /** What is known of the page in use, while that is another one. */
  aside: Aside | null;
}

/** What can be done with this screen. */
export interface ScreenShares {
  /**
   * Shares the screen in a session: the one that is captured already, where there is one. In the desktop app `sourceId`
   * names the source that the person picked, which takes the place of that one in every session; elsewhere the browser asks.
   * @throws HitherError `capture-denied` when the person cancels, `capture-failed` otherwise
   */
  share(sessionId: string, sourceId?: string): Promise<void>;
  /** Stops it in this session; the capture ends with it unless another session has it. */
  stop(sessionId: string): void;
  /**
   * Captures something else in place of what is captured, in every session that has it; means nothing where nothing is.
   * @throws HitherError as `share`
   */
  replace(sourceId?: string): Promise<void>;
  /**
   * Captures a screen and shows it to nobody, so that a region can be chosen first; `share` shows it.
   * @throws HitherError as `share`
   */
  prepare(sourceId?: string): Promise<void>;
  /** Whether this browser can show a part of what is captured. */
  readonly canShareRegion: boolean;
  /** Whether this browser's own dialog offers the sound of what is captured. */
  readonly canAskForSound: boolean;
  /**
   * Shows a region of what is captured, or all of it again, in every session that has it.
   * @param still the picture as it stands: some captures give the next one only when something changes
   */
  setRegion(region: Region | null, still?: VideoFrame | null): void;
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

  /** Takes over from the page in use; where that would lose something, asks first, as `occupied`. */
  useHere(): Promise<void>;
  /** The other page stays the one in use. */
  leaveThere(): void;

  /** Asks the other side for a session; returns its id at once, the outcome shows in the snapshot. */
  connect(target: ConnectTarget, title: string): string;
  /** Comes by an invite, a link or a spoken code, as a person pastes or types it. */
  comeBy(invite: string): Coming;
  /** Accepts a request. With `files` also the files that it names, for `dir` or the downloads folder. */
  accept(sessionId: string, files?: { dir?: string }): void;
  decline(sessionId: string): void;
  /**
   * The codes match. With `trust` the peer's key is pinned, and there is no code to compare the next time.
   * Means nothing outside of phase `verifying`.
   */
  verify(sessionId: string, options: { trust: boolean }): void;
  /** The codes differ: ends the session on both sides, as `code-mismatch`. */
  reportMismatch(sessionId: string): void;
  /** Takes back a request, or leaves a session. */
  leave(sessionId: string): void;
  /** Forgets an ended session. */
  dismiss(sessionId: string): void;

  readonly screen: ScreenShares;
  /** Shows nothing, or something again, without ending the capture. */
  setMuted(source: TrackSource, isMuted: boolean): void;
  /** Ends a capture, in every session that has it. */
  stopCapture(source: TrackSource): void;
  /** How the screens of a session come and go; takes a sample at each call. `null` without a peer link. */
  sessionStats(sessionId: string): Promise<SessionStats | null>;
  /** How the way to the peer does, and what was tried for it; takes a sample at each call. `null` for a session that is gone. */
  linkExam(sessionId: string): Promise<LinkExam | null>;
  /** Asks the other person for their screen; means nothing unless `viewRequest` is `ready`. */
  askToView(sessionId: string): void;
  /** "Not now" to the other person's question. */
  declineView(sessionId: string): void;

  /**
   * Sends a text in a session; what becomes of it shows in the session's `texts`.
   * @throws HitherError `unknown-session`, `text-too-long` (`fitsInMessage` tells beforehand), `too-fast` or `connection-lost`
   */
  sendText(sessionId: string, text: string): Promise<void>;
  /** Offers files in a session. */
  sendFiles(sessionId: string, items: readonly LocalItem[]): Promise<void>;
  /** Sends files to a device: in the session there is, or in one that asks for that alone and names them. */
  sendFilesTo(target: ConnectTarget, title: string, items: readonly LocalItem[]): Sent;
  /** Sends a text to a device: in the session there is, or in a new one. */
  sendTextTo(target: ConnectTarget, title: string, text: string): Sent;

  /** The person's own microphone and camera. */
  readonly user: UserMediaControls;
  /** Recordings of sessions. */
  readonly recording: RecordingControls;
  /** Never changes. */
  readonly folders: FolderAccess;
  /** Pictures that were sent or received by themselves. */
  readonly pictures: Pick<Pictures, 'thumbnail' | 'whole'>;
  /** Every other request of the contract goes straight to the backend. */
  readonly backend: Backend;
}
