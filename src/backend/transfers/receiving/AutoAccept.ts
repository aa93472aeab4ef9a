import type { Settings } from '../../../shared/settings/settings';
import type { FileAccess } from '../../ports';
import type { TransferRecord } from '../TransferRecord';

export interface AutoAcceptOptions {
  files: Pick<FileAccess, 'checkFolder'>;
  /** Whether the person lets a device put files on the disk unasked. */
  isGivenTo: (deviceId: string) => boolean;
  settings: () => Pick<Settings, 'downloadsDir' | 'autoAcceptDir' | 'autoAcceptLimitMb'>;
  accept: (transferId: string, dir: string) => Promise<void>;
  /** The person has to be asked after all, or sees it now that it goes on. */
  onDecided: (record: TransferRecord) => void;
}

/**
 * Accepts offers of devices that may send files unasked, up to the size that the settings allow and as long as they fit on
 * the disk. What can't be accepted so (too large, no room, no folder) is put to the person as any other offer is.
 */
export class AutoAccept {
  readonly #options: AutoAcceptOptions;
  readonly #seen = new WeakSet<TransferRecord>();

  constructor(options: AutoAcceptOptions) {
    this.#options = options;
  }

  /** Accepts an offer if it may; until that is decided nobody is shown the offer. Each one is tried once. */
  consider(record: TransferRecord): void {
    const isOffer = record.options.direction === 'receive' && record.engine?.state.phase === 'asked';
    if (!isOffer || this.#seen.has(record) || !this.#options.isGivenTo(record.options.deviceId)) return;
    this.#seen.add(record);
    record.isBeingDecided = true;
    void this.#tryToAccept(record).finally(() => {
      record.isBeingDecided = false;
      this.#options.onDecided(record);
    });
  }

  async #tryToAccept(record: TransferRecord): Promise<void> {
    const { files, settings, accept } = this.#options;
    const { transferId } = record.options;
    const totalBytes = record.engine?.totalBytes ?? 0;
    try {
      const dir = folderFor(totalBytes, settings());
      if (dir !== null && (await files.checkFolder(dir)).freeBytes >= totalBytes)
        await accept(transferId, dir);
    } catch {
      // The prompt that comes up instead tells what is wrong with the folder.
    }
  }
}

/** Where an offer of this size may go unasked; `null` where it may not. */
function folderFor(
  totalBytes: number,
  { downloadsDir, autoAcceptDir, autoAcceptLimitMb }: ReturnType<AutoAcceptOptions['settings']>,
): string | null {
  if (autoAcceptLimitMb > 0 && totalBytes > autoAcceptLimitMb * 1e6) return null;
  return autoAcceptDir ?? downloadsDir;
}
