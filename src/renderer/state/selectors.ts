import { useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { type EmbeddedRelayState, relayInUse } from '../../shared/contract/embeddedRelay';
import type { NearbyState } from '../../shared/contract/nearby';
import type { TransferView } from '../../shared/contract/transfers';
import type { Settings } from '../../shared/settings/settings';
import { isOverPhase } from '../../shared/transfer/status';
import { TotalProgress } from '../../shared/transfer/TotalProgress';
import type { SessionView } from '../core/types';
import { useApp } from './AppModelContext';
import type { AppStore } from './store';
import { type Prompt, promptId, sessionOf, waitingPrompts } from './uiState';
import { unreadCount } from './news/unread';

/** The settings, or `null` before the backend has answered. */
export function useSettings(): Settings | null {
  return useApp((state) => state.core.settings);
}

/** What is known of the network, or `null` before the backend has answered. */
export function useNearby(): NearbyState | null {
  return useApp((state) => state.core.nearby);
}

/** How the relay stands that this device runs for its network. */
export function useEmbeddedRelay(): EmbeddedRelayState {
  return useApp((state) => state.core.embeddedRelay);
}

/** The relay of this device's invites and codes, or `null`: the one that was set, else its own. */
export function useRelayInUse(): { url: string; isOwn: boolean } | null {
  const set = useSettings()?.relayUrl ?? null;
  const url = relayInUse(set, useEmbeddedRelay());
  return url === null ? null : { url, isOwn: set === null };
}

/** One session, or `undefined` once it was dismissed. */
export function useSession(sessionId: string): SessionView | undefined {
  return useApp((state) => state.core.sessions.find((session) => session.sessionId === sessionId));
}

/** One transfer, anew with each of its numbers: four times a second while it goes on. */
export function useTransfer(transferId: string): TransferView | undefined {
  return useApp((state) => find(state, transferId));
}

/** A transfer whose numbers, which change all the time while it goes on, are of no use. */
export type StillTransfer = Omit<TransferView, keyof typeof NO_NUMBERS>;

const NO_NUMBERS = { doneBytes: 0, doneFiles: 0, bytesPerSecond: 0, secondsLeft: null };

/** One transfer as it stands; the same object while nothing but its numbers changes. */
export function useStillTransfer(transferId: string): StillTransfer | undefined {
  return useApp(useShallow((state) => withoutNumbers(find(state, transferId))));
}

function find({ core }: AppStore, transferId: string): TransferView | undefined {
  return core.transfers.find((transfer) => transfer.transferId === transferId);
}

/** With numbers that stand still in their place. */
function withoutNumbers(transfer: TransferView | undefined): StillTransfer | undefined {
  return transfer && { ...transfer, ...NO_NUMBERS };
}

/** The transfers there are, newest first, as ids that stay the same while numbers change. */
export function useTransferIds(): readonly string[] {
  return useApp(useShallow((state) => state.core.transfers.map((transfer) => transfer.transferId)));
}

/** Whether a transfer is over, one way or another. */
export function isOver(transfer: Pick<TransferView, 'phase'>): boolean {
  return isOverPhase(transfer.phase);
}

/** How many transfers are not over. */
export function useActiveTransferCount(): number {
  return useApp((state) => state.core.transfers.filter((transfer) => !isOver(transfer)).length);
}

/**
 * How far everything is that is under way, in whole percents, so that nothing is drawn again for less; `null` while no
 * bytes move.
 */
export function useTotalPercent(): number | null {
  const [total] = useState(() => new TotalProgress());
  return useApp(({ core }) => {
    const fraction = total.update(core.transfers);
    return fraction === null ? null : Math.floor(fraction * 100);
  });
}

/** What waits for an answer and was not put off, oldest first, and how many were. */
export function usePrompts(): { prompts: readonly Prompt[]; laterIds: readonly string[] } {
  const sessions = useApp((state) => state.core.sessions);
  const transfers = useApp(
    useShallow((state) => state.core.transfers.filter(({ phase }) => phase === 'incoming')),
  );
  const recordings = useApp((state) => state.core.recordings);
  const openedLink = useApp((state) => state.core.openedLink);
  const settings = useSettings();
  const later = useApp((state) => state.ui.later);
  const all = waitingPrompts({ sessions, transfers, recordings, openedLink, settings });
  return {
    prompts: all.filter((prompt) => !later.has(promptId(prompt))),
    laterIds: all.map(promptId).filter((id) => later.has(id)),
  };
}

/** How much is new in a session: what was not looked at, and what waits for an answer. */
export function useNewsCount({ sessionId }: Pick<SessionView, 'sessionId'>): number {
  return useApp(({ core, ui }) => {
    const waiting = waitingPrompts(core).filter((prompt) => sessionOf(prompt) === sessionId);
    return unreadCount(ui.unread, sessionId) + waiting.length;
  });
}

/** The same of all sessions together. */
export function useTotalNewsCount(): number {
  return useApp(({ core, ui }) => {
    const unread = core.sessions.map(({ sessionId }) => unreadCount(ui.unread, sessionId));
    return unread.reduce((sum, count) => sum + count, waitingPrompts(core).length);
  });
}

/** How many texts of a session have not been looked at. */
export function useUnreadTexts(sessionId: string): number {
  return useApp(({ ui }) => ui.unread.get(sessionId)?.texts ?? 0);
}

/** How many transfers of a session are under way. */
export function movingCount({ core }: AppStore, sessionId: string): number {
  return core.transfers.filter((each) => each.sessionId === sessionId && each.phase === 'active').length;
}

/** The transfers with the other side of a session, of this session and those before, oldest first; only when they come or go. */
export function useTransfersWith({
  sessionId,
  peer,
}: SessionView): readonly { transferId: string; atMs: number }[] {
  const isOurs = (transfer: TransferView) =>
    transfer.sessionId === sessionId || (peer !== null && transfer.peerId === peer.deviceId);
  const rows = useApp(
    useShallow(({ core }) =>
      core.transfers.filter(isOurs).map((each) => `${each.startedMs} ${each.transferId}`),
    ),
  );
  return useMemo(
    () =>
      rows
        .map((row) => row.split(' '))
        .map(([atMs = '', transferId = '']) => ({ transferId, atMs: Number(atMs) }))
        .reverse(),
    [rows],
  );
}
