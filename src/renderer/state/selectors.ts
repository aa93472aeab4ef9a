import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { NearbyState } from '../../shared/contract/nearby';
import type { TransferView } from '../../shared/contract/transfers';
import type { Settings } from '../../shared/settings/settings';
import { isOverPhase } from '../../shared/transfer/status';
import { TotalProgress } from '../../shared/transfer/TotalProgress';
import type { SessionView } from '../core/types';
import { useApp } from './AppModelContext';
import type { AppStore } from './store';
import { type Prompt, promptId, waitingPrompts } from './uiState';

/** The settings, or `null` before the backend has answered. */
export function useSettings(): Settings | null {
  return useApp((state) => state.core.settings);
}

/** What is known of the network, or `null` before the backend has answered. */
export function useNearby(): NearbyState | null {
  return useApp((state) => state.core.nearby);
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

/** The prompt to show now, and how many more wait behind it. */
export function usePrompt(): { prompt: Prompt | null; moreCount: number } {
  const sessions = useApp((state) => state.core.sessions);
  const transfers = useApp(
    useShallow((state) => state.core.transfers.filter(({ phase }) => phase === 'incoming')),
  );
  const later = useApp((state) => state.ui.later);
  const open = waitingPrompts({ sessions, transfers }).filter((prompt) => !later.has(promptId(prompt)));
  return { prompt: open[0] ?? null, moreCount: Math.max(0, open.length - 1) };
}
