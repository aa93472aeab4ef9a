import type { Backend } from '../../../shared/contract/backend';
import type { TransferView } from '../../../shared/contract/transfers';
import type { Settings } from '../../../shared/settings/settings';

export interface AutoAcceptOptions {
  backend: Backend;
  /** Whether the person lets the other side of a session put files on the disk unasked. */
  isGivenTo: (sessionId: string) => boolean;
  settings: () => Pick<Settings, 'downloadsDir' | 'autoAcceptDir' | 'autoAcceptLimitMb'> | null;
  /** The person has to be asked after all. */
  onAsk: () => void;
}

/**
 * Accepts offers of devices that may send files unasked, up to the size that the settings allow and as long as they fit
 * on the disk. What can't be accepted so (too large, no room, no folder) is put to the person as any other offer is.
 */
export class AutoAccept {
  readonly #options: AutoAcceptOptions;
  /** Every offer that consent was given for; `asked` once it turned out that it can't be accepted so. */
  readonly #offers = new Map<string, 'accepting' | 'asked'>();

  constructor(options: AutoAcceptOptions) {
    this.#options = options;
  }

  /** Accepts what it may of these, and returns what the person is to see: everything but what is being accepted. */
  handleTransfers(transfers: readonly TransferView[]): readonly TransferView[] {
    const ids = new Set(transfers.map(({ transferId }) => transferId));
    for (const transferId of this.#offers.keys()) if (!ids.has(transferId)) this.#offers.delete(transferId);
    return transfers.filter((transfer) => {
      const { transferId, sessionId, phase } = transfer;
      if (phase !== 'incoming') return true;
      if (!this.#offers.has(transferId) && this.#options.isGivenTo(sessionId)) void this.#accept(transfer);
      return this.#offers.get(transferId) !== 'accepting';
    });
  }

  async #accept({ transferId, totalBytes }: TransferView): Promise<void> {
    const { backend, settings, onAsk } = this.#options;
    this.#offers.set(transferId, 'accepting');
    try {
      const dir = folderFor(totalBytes, settings());
      if (dir !== null && (await backend.request('folders:check', { dir })).freeBytes >= totalBytes) {
        await backend.request('transfers:accept', { transferId, dir });
        return;
      }
    } catch {
      // The prompt that comes up instead tells what is wrong with the folder.
    }
    this.#offers.set(transferId, 'asked');
    onAsk();
  }
}

/** Where an offer of this size may go unasked; `null` where it may not. */
function folderFor(totalBytes: number, settings: ReturnType<AutoAcceptOptions['settings']>): string | null {
  if (!settings) return null;
  const { downloadsDir, autoAcceptDir, autoAcceptLimitMb } = settings;
  if (autoAcceptLimitMb > 0 && totalBytes > autoAcceptLimitMb * 1e6) return null;
  return autoAcceptDir ?? downloadsDir;
}
