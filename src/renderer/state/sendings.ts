import type { Failure } from '../../shared/errors';
import type { FilesPurpose } from '../../shared/protocol/purpose';
import { isOverPhase } from '../../shared/transfer/status';
import type { CoreSnapshot, LocalItem, SendOutcome } from '../core/types';

/** What a person sends to a device from its card. */
export type SentThing = { kind: 'files'; items: readonly LocalItem[] } | { kind: 'text'; text: string };

/** Something on its way to a device, or how that ended: shown on the device's card, where it was sent. */
export interface Sending {
  sendingId: number;
  deviceId: string;
  /** What to call the device. */
  title: string;
  thing: SentThing;
  /** The files in short; `null` of a text. */
  what: FilesPurpose | null;
  /** The session that it goes in, or that is asked for it. */
  sessionId: string;
  outcome: SendOutcome | { kind: 'waiting' } | { kind: 'failed'; failure: Failure };
}

/** Whether nothing more comes of it. */
export function isSettled(
  { outcome, thing }: Sending,
  { transfers }: Pick<CoreSnapshot, 'transfers'>,
): boolean {
  if (outcome.kind === 'waiting') return false;
  if (outcome.kind !== 'sent' || thing.kind === 'text') return true;
  const transfer = transfers.find(({ transferId }) => transferId === outcome.sentId);
  return transfer === undefined || isOverPhase(transfer.phase);
}
