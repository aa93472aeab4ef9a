import type { ManifestEntry } from '../../shared/protocol/transfer';
import { blockLength } from '../../shared/transfer/blocks';
import type { FileThread } from '../../main/node/files/FileThread';
import { FolderSink } from '../../main/node/files/FolderSink';
import { recoverParts } from '../../main/node/files/recoverParts';
import type { EntryOrigin } from '../../main/node/files/SourceFiles';
import { checkSources } from '../../main/node/files/checkSources';
import type { JournalState } from './journal/JournalState';
import { sha256 } from './lanes/PageLane';
import { ReceiveNotes } from './receiving/ReceiveNotes';
import type { PeerTransfers } from './PeerTransfers';
import { sendingJournalOf } from './sending/sendingJournal';
import { TransferRecord } from './TransferRecord';
import type { LoadedTransfer, StoredTransfer } from './journal/TransferStore';

/** The record of a transfer that an earlier run left, without an engine yet. */
export function recordOf({ stored, journal }: LoadedTransfer): TransferRecord {
  const { transferId, deviceId, peerName, direction, startedMs: nowMs } = stored;
  const record = new TransferRecord({ transferId, deviceId, peerName, direction, nowMs });
  record.journal = journal;
  record.chosen = stored.chosen;
  record.skipped = stored.skipped;
  record.dir = stored.dir;
  return record;
}

/** Has an incoming transfer go on when its device is there. */
export function restoreIncoming(
  record: TransferRecord,
  { stored, state, journal }: LoadedTransfer,
  transfers: PeerTransfers,
  thread: FileThread | null,
): void {
  const dir = stored.dir ?? '';
  const receiver = transfers.resumeReceiving(record, changedEntries(stored, state), stored.streamNo);
  const { progress } = receiver;
  const notes = new ReceiveNotes(journal);
  const sink = new FolderSink(dir, progress.entries, { notes, earlier: state.sink, thread });
  notes.flushFiles = () => sink.sync();
  for (const { file } of state.changed.values()) progress.restarted(file);
  for (const [file, failure] of state.failed) progress.failed(file, failure);
  progress.doneBytes = claimedBytes(progress.entries, state);
  record.revealPath = () => sink.revealPath;
  receiver.restore({
    sink,
    journal: notes,
    isHeld: state.isHeld,
    recover: () =>
      recoverParts(
        sink,
        { dir, entries: progress.entries, complete: state.complete, blocks: state.blocks, notes: state.sink },
        sha256,
      ),
  });
}

/** Has an outgoing transfer go on when its device is there, or at once where it is, with its sources as they are now. */
export async function restoreOutgoing(
  record: TransferRecord,
  { stored, state, journal }: LoadedTransfer,
  transfers: PeerTransfers,
): Promise<void> {
  const known = changedEntries(stored, state);
  const { changed, failed } = await checkSources(known, stored.paths);
  for (const change of changed) {
    const note = { type: 'changed' as const, ...change };
    journal.note(note);
    state.apply(note, 0);
  }
  const entries = changedEntries(stored, state);
  const origins = stored.paths.map((path): EntryOrigin =>
    path === null ? { kind: 'none' } : { kind: 'path', absolutePath: path },
  );
  record.troubles = { restarted: [], failed: [], failedCount: 0, lostBlocks: 0 };
  for (const { file } of state.changed.values()) nameSome(record.troubles.restarted, entries[file]);
  for (const { file, failure } of failed) {
    record.troubles.failedCount++;
    const path = entries[file]?.path ?? '';
    if (record.troubles.failed.length < 20) record.troubles.failed.push({ path, failure });
  }
  const { isAccepted, isHeld, blocks: digests } = state;
  const restored = { isAccepted, isHeld, digests, changed: [...state.changed.values()], failed };
  const { streamNo } = stored;
  transfers.send({ record, entries, origins, streamNo, journal: sendingJournalOf(journal), restored });
}

function nameSome(names: string[], entry: ManifestEntry | undefined): void {
  if (entry && names.length < 20) names.push(entry.path);
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
