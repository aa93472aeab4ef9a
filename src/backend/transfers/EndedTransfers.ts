import type { TransferMessage } from '../../shared/protocol/transfer';
import { wordsOfEnd } from './lastWords';
import type { TransferRecord } from './TransferRecord';

/** Ends remembered of one device. The history knows of more, and answers in the same words. */
const MAX_ENDED = 32;
/** What a side says that believes that a transfer goes on. */
const ASKING = new Set<TransferMessage['type']>(['ready', 'resume', 'pause', 'accept', 'offer-entries']);

interface Ended {
  /** `null` where the peer had it. */
  lastWord: TransferMessage | null;
  entryCount: number;
}

/** How the last transfers with one device ended: as much as it takes to say so again, and nothing of what was moved. */
export class EndedTransfers {
  readonly #byId = new Map<string, Ended>();

  /** Remembers the end of a transfer; the oldest is forgotten for it. */
  add({ options: { transferId }, lastWord, entries }: TransferRecord): void {
    this.#byId.delete(transferId);
    this.#byId.set(transferId, { lastWord, entryCount: entries.length });
    const oldest = this.#byId.size > MAX_ENDED ? this.#byId.keys().next().value : undefined;
    if (oldest !== undefined) this.#byId.delete(oldest);
  }

  has(transferId: string): boolean {
    return this.#byId.has(transferId);
  }

  /** What this side said last of each of them, oldest first. */
  get lastWords(): TransferMessage[] {
    return [...this.#byId.values()].flatMap(({ lastWord }) => lastWord ?? []);
  }

  /** How a transfer ended, as the answer to a message that shows that the peer does not know it; to no other. */
  answer(message: TransferMessage): TransferMessage[] {
    const ended = this.#byId.get(message.transferId);
    if (!ended?.lastWord || !ASKING.has(message.type)) return [];
    return wordsOfEnd(ended.lastWord, ended.entryCount, message);
  }
}
