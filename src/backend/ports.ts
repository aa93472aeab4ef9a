import type { z } from 'zod';
import type { LanAddress } from '../shared/address';
import type { NearbyState } from '../shared/contract/nearby';
import type { LeftOutReason } from '../shared/contract/transfers';
import type { DeviceInfo } from '../shared/device';
import type { Failure } from '../shared/errors';
import type { ReachAnswer } from '../shared/protocol/lan';
import type { FilesPurpose } from '../shared/protocol/purpose';
import type { FileChange, LaneOffer, ManifestEntry } from '../shared/protocol/transfer';
import type { NameRules } from '../shared/transfer/manifest/LocalNames';
import type { RecoveredProgress } from '../shared/transfer/receiving/ReceiveProgress';
import type { Block } from '../shared/transfer/packets';
import type { Lane, PageSource, SinkPort, SourcePort } from '../shared/transfer/ports';
import type { Pacer } from '../shared/transfer/sending/Pacer';

export type { Log, LogFacts } from '../shared/log';

/** Withdraws what was asked for; safe to call again. */
export type Cancel = () => void;

/** Time, as the backend sees it: the system's, or a test's own. */
export interface Clock {
  /** Milliseconds since the epoch; goes back when the system's clock is set back. */
  now(): number;
  /** Milliseconds since some moment; never goes back. */
  monotonicMs(): number;
  /** Calls back once, after the delay; keeps no process alive until then. */
  after(delayMs: number, action: () => void): Cancel;
}

/**
 * How a page of this backend stands. `used`: it is the one that is told everything; `aside`: another one is, or its own way here
 * broke, and it still has its files; `closed`: they are gone.
 */
export type PageStanding = 'used' | 'aside' | 'closed';

/** Gives that many cryptographically random bytes. */
export type Random = (count: number) => Uint8Array<ArrayBuffer>;

/** SHA-256 of some bytes, 32 of them. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;

/**
 * What a profile keeps over restarts: small documents, each replaced as a whole, and logs of records, which only grow. A
 * name has `/` between folder and document, such as `transfers/0f…/transfer.json`.
 */
export interface ProfileStorage {
  /** The document, or `null` where there is none. @throws Error where it is there and can't be read */
  read(name: string): Promise<string | null>;
  /** Replaces a document: after a crash there is the old one or the new one. @throws Error; the old one is then untouched */
  write(name: string, content: string): Promise<void>;
  /** Puts a document that can't be used under another name, so that nothing of it is lost; gives that name, for a person. */
  setAside(name: string): Promise<string>;
  /** Removes a document, a log, or a folder with all that is in it; what is not there is fine. */
  remove(name: string): Promise<void>;
  /** The names of what is in a folder, without the folder's; empty where there is none. */
  list(folder: string): Promise<string[]>;
  /**
   * The whole records of a log, in order; a record that a crash cut off is left out. None where there is no log.
   * @throws Error where it is there and can't be read
   */
  readRecords(name: string): Promise<Uint8Array[]>;
  /** Opens a log, a new one where there is none, to add to it after its last whole record. @throws Error */
  openRecords(name: string): Promise<OpenedRecords>;
}

/** A log that has been opened, with what was in it. */
export interface OpenedRecords {
  /** As of `readRecords`. */
  records: Uint8Array[];
  log: RecordLog;
}

/** A log that only grows. Never fails: one that can't be written is given up, which costs what a restart has to send again. */
export interface RecordLog {
  /** Adds a record; those of one moment are written together. */
  append(record: Uint8Array): void;
  /** Resolves when every record so far survives the end of this process. */
  written(): Promise<void>;
  /** Resolves when every record so far survives a power cut. */
  sync(): Promise<void>;
  /** Writes what is left; what is added afterwards is lost. */
  close(): Promise<void>;
}

/** Where an entry's bytes are: at a path of this machine, or in the page under a source id. Folders have none. */
export type EntryOrigin =
  { kind: 'path'; absolutePath: string } | { kind: 'page'; sourceId: string } | { kind: 'none' };

/** A file or folder that a walk found. */
export interface WalkedEntry {
  entry: ManifestEntry;
  absolutePath: string;
  /** A folder that would follow from what is in it, and has an entry for its time alone. */
  isImplied: boolean;
}

/** What a walk through a chosen path finds. */
export interface WalkedPath {
  entries: WalkedEntry[];
  /** What was left out, with the relative paths. */
  leftOut: { reason: LeftOutReason; path: string }[];
}

/** What can be said of a folder that files are to be received into. */
export interface FolderCheck {
  freeBytes: number;
  /** Longest file that its disk takes, in bytes. */
  maxFileBytes: number;
}

/** What became of the sources of an outgoing transfer while nobody looked. */
export interface CheckedSources {
  changed: FileChange[];
  failed: { file: number; failure: Failure }[];
}

/** The files of an outgoing transfer. */
export interface TransferSources extends SourcePort {
  /** Whether any of them is the page's, and so gone with it. */
  readonly needsPage: boolean;
}

/** What a sink notes of its steps, so that another run of the process can go on with them. */
export interface SinkNotes {
  /** A top-level folder of the manifest has got this name on disk. */
  folder(root: string, name: string): void;
  /** A file is about to be received under this temporary name; resolves when that has been noted. */
  part(fileIndex: number, name: string): Promise<void>;
  /** A file is about to get this name; resolves when that has been noted. */
  naming(fileIndex: number, name: string): Promise<void>;
  /** So many bytes more have been written. */
  wrote(bytes: number): void;
}

/** Those notes of an earlier run. */
export interface EarlierSink {
  folders: ReadonlyMap<string, string>;
  parts: ReadonlyMap<number, string>;
  namings: ReadonlyMap<number, string>;
}

/** What a journal claims that an earlier run wrote, before anybody has looked. */
export interface ClaimedFiles {
  complete: ReadonlySet<number>;
  /** Digests of verified blocks, by file. */
  blocks: ReadonlyMap<number, readonly (Uint8Array | undefined)[]>;
  notes: EarlierSink;
}

/** Where an incoming transfer goes. */
export interface TransferSink extends SinkPort {
  /** What to show in the file manager: the first thing received, or the folder. */
  readonly revealPath: string;
  /** Flushes what has been written to files under way, so that a power cut leaves it there. Never fails. */
  sync(): Promise<void>;
  /**
   * Looks at what an earlier run left: nothing is believed that is not there.
   * @param digest what the claimed digests were made with
   * @throws HitherError `folder-missing` or `folder-read-only` where the place can't be written to now
   */
  recover(claimed: ClaimedFiles, digest: Digest): Promise<RecoveredProgress>;
}

/** A file that grows while it is there already, under its own name: what has been written of it is of use at any time. */
export interface GrowingFile {
  /** Where it is. */
  readonly path: string;
  /** Resolves when the system has the bytes. @throws HitherError with what the disk says */
  write(offsetBytes: number, bytes: Uint8Array): Promise<void>;
  /** Flushes what has been written, so that a power cut leaves it there. @throws HitherError with what the disk says */
  sync(): Promise<void>;
  /** Flushes and closes; nothing is written afterwards. Never fails: what is there is there. */
  close(): Promise<void>;
  /** Closes and removes it. Never fails. */
  discard(): Promise<void>;
}

/** Reading and writing of files, wherever this backend has them. */
export interface FileAccess {
  /** Whether a text names a place on its own. */
  isAbsolute(path: string): boolean;
  /**
   * Everything below a path that a person chose, in name order, each folder before what is in it.
   * @param name the relative path that the receiver shall see
   * @throws HitherError `source-missing`, `source-unreadable` or `too-many-entries`
   */
  walk(path: string, name: string): Promise<WalkedPath>;
  /** Compares sources with what their manifest says. @param paths absolute, one an entry; `null` where there is none */
  checkSources(entries: readonly ManifestEntry[], paths: readonly (string | null)[]): Promise<CheckedSources>;
  openSources(entries: readonly ManifestEntry[], origins: readonly EntryOrigin[]): TransferSources;
  /**
   * Whether files can be received into a folder, how much room it has, and how long a file may be there.
   * @throws HitherError `folder-missing` or `folder-read-only`
   */
  checkFolder(dir: string): Promise<FolderCheck>;
  /**
   * A small file, whole.
   * @throws HitherError `source-missing`, `source-unreadable`, or `file-too-large` for more than `maxBytes`
   */
  readWhole(path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * What the disk under a folder takes as names; may try it out there.
   * @throws HitherError with what the disk says
   */
  nameRules(dir: string): Promise<NameRules>;
  /**
   * Makes a new file, under the next free name where that one is taken; never through a link and never over an existing file.
   * @param name which no disk forbids
   * @throws HitherError with what the disk says
   */
  createFile(dir: string, name: string): Promise<GrowingFile>;
  /**
   * @param entries with the paths that they get here
   * @param earlier what an earlier run noted of the same sink
   */
  openSink(
    dir: string,
    entries: readonly ManifestEntry[],
    options: { notes: SinkNotes; earlier?: EarlierSink },
  ): TransferSink;
}

/** What a lane of this backend's own needs from the transfers it carries. */
export interface LaneUser {
  /**
   * Whether an address that the peer names may be dialed: one where this peer's session is, or where discovery has had an answer of it.
   * A verified peer must not be able to have us knock at a third machine.
   */
  mayDial(address: string): boolean;
  /** Tells the peer, over the verified session. */
  send(offer: LaneOffer): void;
  /** Reads a page's `File`; rejects with HitherError. */
  readPage(source: PageSource): Promise<Uint8Array>;
  /** Consumes a block; resolves when its bytes are not needed any more. */
  onBlock(block: Block): Promise<void>;
  /** What everything sent over the lane passes, in pieces as it wants them. */
  readonly pacer: Pacer;
  onUp(lane: Lane): void;
  onDown(lane: Lane): void;
}

/** The lane between two backends of one session: offered, dialed, and tried again quietly while the session is there. */
export interface LaneConnector {
  /** Messages get through to the peer. */
  sessionOpened(): void;
  sessionClosed(): void;
  /** The person has allowed or forbidden to listen; a lane that is up stays. */
  listeningChanged(): void;
  /** The session has come to the peer's own network: an offer may lead somewhere now. */
  cameNear(): void;
  /** The peer's offer, which replaces its last one. */
  handleOffer(offer: LaneOffer): void;
}

/** Makes the lane connector of a session; `null` for a backend that has no sockets. */
export type CreateLaneConnector = ((user: LaneUser) => LaneConnector) | null;

/** Finds other devices on the network and lets them find this one. */
export interface Nearby {
  /** Turns finding and being found on or off, and the listener with it; resolves when that is done. Sessions stay. */
  setOn(isOn: boolean): Promise<void>;
  /** Looks again, now. */
  refresh(): Promise<void>;
  /** This device's name, or whether it may be seen, has changed. */
  announce(): void;
  /** Where a listed device may be reached, best first; empty for one that is not listed. */
  addressesOf(deviceId: string): LanAddress[];
  /** Whether a listed device has answered at an address, which is more than that it names it. */
  answersAt(deviceId: string, address: string): boolean;
  /** Whether a machine that asks is reached where it announced to listen; it is dialed at its own address alone. */
  reachBack(address: string): Promise<ReachAnswer>;
  state(): NearbyState;
  /** Says goodbye; the person's choice stays what it is. */
  close(): Promise<void>;
}

/** What finding devices needs from the backend. */
export interface NearbyUser {
  /** What this device says of itself. */
  device(): DeviceInfo;
  /** Whether this device looks for others and is not to be seen itself. */
  isHidden(): boolean;
  /** What listens for callers; on exactly while nearby is on. */
  listener: Listener;
  onChange(state: NearbyState): void;
  /** A device has come, or answers at another address than before. */
  onSeen(deviceId: string): void;
}

/** Where other devices call. */
export interface Listener {
  /** Resolves with the port. @throws Error of the system if none can be had */
  start(): Promise<number>;
  /** Drops who has no session yet; sessions live on. */
  stop(): void;
}

/** A relay in this process for the network that it is on, as `npm run relay` is one in a process of its own. */
export interface EmbeddedRelay {
  /**
   * Listens on every address of this machine. May be called again once it has failed, or `stop` has resolved.
   * @param port 0 for any free one
   * @throws HitherError `port-taken`, `port-not-allowed` (to this account) or `port-unusable`
   */
  start(port: number): Promise<void>;
  /** Tells whoever is connected, gives them a moment to move, and closes; fine where it is off. */
  stop(): Promise<void>;
  /** Where others reach it, best first; `null` while it is off. */
  readonly place: { port: number; addresses: readonly LanAddress[] } | null;
}

/** Makes such a relay, off at first. @param onPlace while it is on, this machine's addresses have changed */
export type CreateEmbeddedRelay = (onPlace: () => void) => EmbeddedRelay;

/** What comes over a WebSocket to a relay. */
export interface RelaySocketReader {
  onText(text: string): void;
  onBytes(bytes: Uint8Array): void;
  /** It is gone; called once. @param reason the word of the close frame, or empty */
  onClosed(reason: string): void;
}

/** A WebSocket to a relay. */
export interface RelaySocket {
  send(message: string | Uint8Array<ArrayBuffer>): void;
  /** Asks the relay for a sign of life, and closes where none comes within some seconds. */
  probe(): void;
  close(): void;
}

/**
 * Opens a WebSocket to a relay.
 * @param url with `ws:` or `wss:`
 * @throws HitherError `relay-unreachable`, `relay-untrusted` (its certificate), `relay-refused` (it is full, or we came too
 *   often), `not-a-relay`, or the signal's reason
 */
export type OpenRelaySocket = (
  url: string,
  reader: RelaySocketReader,
  signal: AbortSignal,
) => Promise<RelaySocket>;

/** Files that a person agreed to when they accepted a session that was for these. */
export interface AgreedFiles {
  purpose: FilesPurpose;
  /** Where they go; `null` for the downloads folder. */
  dir: string | null;
}

/** A session as a feature sees it. */
export interface FeatureSession {
  readonly sessionId: string;
  readonly peer: DeviceInfo;
  readonly agreedFiles: AgreedFiles | null;
}

/**
 * One kind of things that two devices do in a session, such as texts or transfers: the schema of its messages and what
 * handles them. Registered once, by name; what it shows the page is its own business.
 */
export interface SessionFeature<M = unknown> {
  readonly name: string;
  readonly schema: z.ZodType<M>;
  /** Both people have verified: messages may go. */
  opened?(session: FeatureSession): void;
  /** The session goes over the peer's own network now, after a relay was in between. */
  cameNear?(session: FeatureSession): void;
  /** @throws HitherError `protocol-violation` for a message that breaks the rules, which ends the session */
  handle(session: FeatureSession, message: M): void;
  /** The session is over; only for one that was opened. */
  closed?(session: FeatureSession): void;
}
