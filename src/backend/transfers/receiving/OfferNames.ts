import type { Renamed } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import type { ManifestEntry } from '../../../shared/protocol/transfer';
import type { NameRules } from '../../../shared/transfer/manifest/LocalNames';
import type { Receiver } from '../../../shared/transfer/receiving/Receiver';
import type { FileAccess } from '../../ports';
import type { TransferRecord } from '../TransferRecord';
import { localNamesOf } from './localNamesOf';

/** What the entries of offers are called on this machine's disks. */
export class OfferNames {
  readonly #files: Pick<FileAccess, 'checkFolder' | 'nameRules'>;
  /** Entries as they were offered, of those that have been given names of a disk. */
  readonly #offered = new WeakMap<TransferRecord, readonly ManifestEntry[]>();

  constructor(files: Pick<FileAccess, 'checkFolder' | 'nameRules'>) {
    this.#files = files;
  }

  /**
   * What a folder would make of an offer.
   * @throws HitherError `file-too-large`, or what `checkFolder` says
   */
  async preview(record: TransferRecord, dir: string): Promise<{ freeBytes: number; renamed: Renamed }> {
    const { freeBytes, maxFileBytes } = await this.#files.checkFolder(dir);
    const entries = this.#offered.get(record) ?? record.entries;
    const tooLarge = entries.find(({ sizeBytes }) => sizeBytes > maxFileBytes);
    if (tooLarge) throw new HitherError('file-too-large', { name: tooLarge.path });
    return { freeBytes, renamed: localNamesOf(entries, await this.#files.nameRules(dir)).renamed };
  }

  /** Gives the entries of an offer the names that they can have on a disk; those they were sent with are kept for another one. */
  give(record: TransferRecord, { progress }: Receiver, names: NameRules): void {
    const offered = this.#offered.get(record) ?? [...record.entries];
    this.#offered.set(record, offered);
    const { paths, renamed } = localNamesOf(offered, names);
    progress.rename(paths);
    record.rename(renamed);
  }
}
