import type { ManifestEntry } from '../../shared/protocol/transfer';
import { blockLength } from '../../shared/transfer/blocks';
import type { FileTroubles } from '../../shared/transfer/receiving/ReceiveProgress';
import type { CheckedSources, Digest, EntryOrigin, FileAccess } from '../ports';
import type { JournalState } from './journal/JournalState';
import type { KeptTransfer, LoadedTransfer, StoredTransfer, TransferJournal } from './journal/TransferStore';
import type { PeerTransfers } from './PeerTransfers';
import { ReceiveNotes } from './receiving/ReceiveNotes';
import { TransferRecord } from './TransferRecord';

/** Names of files with trouble that a record keeps. */
const MAX_NAMES = 20;

/** The record of a transfer that an earlier run left, without an engine yet. */
export function recordOf({ stored, journal }: LoadedTransfer): TransferRecord {
  const { transferId, deviceId, peerName, direction, startedMs: nowMs } = stored;
  const record = new TransferRecord({ transferId, deviceId, peerName, direction, nowMs });
  record.choose(stored.chosen, stored.leftOut);
  record.rename(stored.renamed);
  record.keepIn(stored.dir, journal);
  return record;
}

/** Has an incoming transfer go on when its device is there. */
export function restoreIncoming(
  record: TransferRecord,
  { stored, state }: KeptTransfer,
  transfers: PeerTransfers,
  files: FileAccess,
  sha256: Digest,
): void {
  const receiver = transfers.resumeReceiving(record, changedEntries(stored, state), stored.streamNo);
  const { progress } = receiver;
  const notes = new ReceiveNotes();
  const { complete, blocks, sink: earlier } = state;
  const sink = files.openSink(stored.dir ?? '', progress.entries, { notes, earlier });
  notes.begin(sink, record.journal);
  record.receiveInto(sink);
  for (const { file } of state.changed.values()) progress.restarted(file);
  for (const [file, failure] of state.failed) progress.failed(file, failure);
  progress.doneBytes = claimedBytes(progress.entries, state);
  receiver.restore({
    sink,
    journal: notes,
    isHeld: state.isHeld,
    recover: () => sink.recover({ complete, blocks, notes: earlier }, sha256),
  });
}

/** Has an outgoing transfer go on when its device is there, or at once where it is, with its sources as they are now. */
export async function restoreOutgoing(
  record: TransferRecord,
  { stored, state }: KeptTransfer,
  journal: TransferJournal,
  transfers: PeerTransfers,
  files: FileAccess,
): Promise<void> {
  const known = changedEntries(stored, state);
  const { changed, failed } = await files.checkSources(known, stored.paths);
  // A person or the peer may have ended it while the disk was asked.
  if (record.isOver) return;
  for (const change of changed) {
    const note = { type: 'changed' as const, ...change };
    journal.note(note);
    state.apply(note, 0);
  }
  const entries = changedEntries(stored, state);
  const origins = stored.paths.map((path): EntryOrigin =>
    path === null ? { kind: 'none' } : { kind: 'path', absolutePath: path },
  );
  const { isAccepted, isHeld, blocks: digests } = state;
  const restored = { isAccepted, isHeld, digests, changed: [...state.changed.values()], failed };
  const earlier = { restored, troubles: troublesOf(entries, state, failed) };
  transfers.send({ record, entries, origins, streamNo: stored.streamNo, earlier });
}

function troublesOf(
  entries: readonly ManifestEntry[],
  { changed }: JournalState,
  failed: CheckedSources['failed'],
): FileTroubles {
  const troubles: FileTroubles = { restarted: [], failed: [], failedCount: failed.length, lostBlocks: 0 };
  for (const { file } of [...changed.values()].slice(0, MAX_NAMES)) {
    const path = entries[file]?.path;
    if (path !== undefined) troubles.restarted.push(path);
  }
  for (const { file, failure } of failed.slice(0, MAX_NAMES))
    troubles.failed.push({ path: entries[file]?.path ?? '', failure });
  return troubles;
}

function changedEntries({ entries }: StoredTransfer, { changed }: JournalState): ManifestEntry[] {
  return entries.map((entry, index) => {
    const change = changed.get(index);
    return change ? { ...entry, sizeBytes: change.sizeBytes, modifiedMs: change.modifiedMs } : entry;
  });
}

/** What the journal claims, until it has been looked at. */
function claimedBytes(entries: readonly ManifestEntry[], { complete, blocks }: JournalState): number {
  let bytes = 0;
  for (const file of complete) bytes += entries[file]?.sizeBytes ?? 0;
  for (const [file, digests] of blocks) {
    const sizeBytes = entries[file]?.sizeBytes ?? 0;
    digests.forEach((digest, block) => (bytes += digest ? blockLength(sizeBytes, block) : 0));
  }
  return bytes;
}
