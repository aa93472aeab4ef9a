import type { Settings } from '../../../shared/settings/settings';
import type { FileAccess } from '../../ports';
import type { TransferRecord } from '../TransferRecord';

export interface AutoAcceptOptions {
  files: Pick<FileAccess, 'checkFolder'>;
  /** Whether the person lets a device put files on the disk unasked. */
  isGivenTo: (deviceId: string) => boolean;
  /** Uses up what the person agreed to before, if this is it: its folder, `null` for the downloads folder. */
  consumeAgreed: (record: TransferRecord) => { dir: string | null } | null;
  settings: () => Pick<Settings, 'downloadsDir' | 'autoAcceptDir' | 'autoAcceptLimitMb'>;
  accept: (transferId: string, dir: string) => Promise<void>;
  /** The person has to be asked after all, or sees it now that it goes on. */
  onDecided: (record: TransferRecord) => void;
}

/**
 * Accepts what a person has agreed to along with a session, and offers of devices that may send files unasked, up to the size that
 * the settings allow; both as long as they fit on the disk. What can't be accepted so (too large, no room, no folder) is put to the
 * person as any other offer is.
 */
export class AutoAccept {
  readonly #options: AutoAcceptOptions;
  readonly #seen = new WeakSet<TransferRecord>();

  constructor(options: AutoAcceptOptions) {
    this.#options = options;
  }

  /** Accepts an offer if it may; until that is decided nobody is shown the offer. Each one is tried once. */
  consider(record: TransferRecord): void {
    const { options, engine } = record;
    if (options.direction !== 'receive' || engine?.state.phase !== 'asked' || this.#seen.has(record)) return;
    const { consumeAgreed, isGivenTo, settings } = this.#options;
    const agreed = consumeAgreed(record);
    if (!agreed && !isGivenTo(options.deviceId)) return;
    this.#seen.add(record);
    record.isBeingDecided = true;
    const dir = agreed ? (agreed.dir ?? settings().downloadsDir) : folderFor(engine.totalBytes, settings());
    void this.#tryToAccept(record, dir).finally(() => {
      record.isBeingDecided = false;
      this.#options.onDecided(record);
    });
  }

  async #tryToAccept(record: TransferRecord, dir: string | null): Promise<void> {
    const { files, accept } = this.#options;
    const { transferId } = record.options;
    const totalBytes = record.engine?.totalBytes ?? 0;
    try {
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
