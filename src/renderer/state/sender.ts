import { failureOf } from '../../shared/errors';
import { purposeOfItems } from '../core/files/purposeOfItems';
import type { Core } from '../core/types';
import { isSettled, type Sending, type SentThing } from './sendings';

/** Sends things to devices from their cards. */
export interface Sender {
  /** Sends something to a device, in the session there is or in one for it; what becomes of it is in `ui.sendings`. */
  sendTo(deviceId: string, title: string, thing: SentThing): void;
  /** The same once more, in place of what came of it before. */
  sendAgain(sendingId: number): void;
  /** Takes back what still waits, or is on its way, and shows nothing more of it. */
  forgetSending(sendingId: number): void;
}

/**
 * Makes the one that sends.
 * @param sendings what there is at present
 * @param change puts others in their place
 */
export function createSender(
  core: Core,
  sendings: () => readonly Sending[],
  change: (sendings: readonly Sending[]) => void,
): Sender {
  /** How to take back those that wait. */
  const cancels = new Map<number, () => void>();
  let lastId = 0;
  const remove = (sendingId: number): Sending | undefined => {
    const removed = sendings().find((each) => each.sendingId === sendingId);
    change(sendings().filter((each) => each !== removed));
    return removed;
  };
  const settle = (sendingId: number, outcome: Sending['outcome']): void => {
    cancels.delete(sendingId);
    change(sendings().map((each) => (each.sendingId === sendingId ? { ...each, outcome } : each)));
  };
  const sendTo: Sender['sendTo'] = (deviceId, title, thing) => {
    const target = { kind: 'device', deviceId } as const;
    const isFiles = thing.kind === 'files';
    const sent = isFiles
      ? core.sendFilesTo(target, title, thing.items)
      : core.sendTextTo(target, title, thing.text);
    lastId += 1;
    const sendingId = lastId;
    cancels.set(sendingId, sent.cancel);
    const what = isFiles ? purposeOfItems(thing.items) : null;
    const { sessionId } = sent;
    const snapshot = core.getSnapshot();
    change([
      // How an earlier one to this device ended makes way.
      ...sendings().filter((each) => each.deviceId !== deviceId || !isSettled(each, snapshot)),
      { sendingId, deviceId, title, thing, what, sessionId, outcome: { kind: 'waiting' } },
    ]);
    sent.outcome.then(
      (outcome) => settle(sendingId, outcome),
      (error: unknown) => settle(sendingId, { kind: 'failed', failure: failureOf(error) }),
    );
  };
  return {
    sendTo,
    sendAgain: (sendingId) => {
      const again = remove(sendingId);
      if (again) sendTo(again.deviceId, again.title, again.thing);
    },
    forgetSending: (sendingId) => {
      const forgotten = remove(sendingId);
      cancels.get(sendingId)?.();
      cancels.delete(sendingId);
      if (forgotten?.outcome.kind !== 'sent' || isSettled(forgotten, core.getSnapshot())) return;
      const { sentId: transferId } = forgotten.outcome;
      void core.backend.request('transfers:cancel', { transferId }).catch(() => undefined);
    },
  };
}
