import { useApp, useModel } from '../../state/AppModelContext';
import type { CaptureView } from '../../state/views';

/** The screen that is captured now, whoever gets it. */
export function useScreenCapture(): CaptureView | null {
  return useApp((state) => state.core.captures.find(({ source }) => source === 'screen') ?? null);
}

/**
 * Shares in a session: what is shared already, where something is; else what the person chooses, in our own picker where
 * the app has one, in the browser's elsewhere.
 */
export function useChooseShare(sessionId: string): () => void {
  const model = useModel();
  const hasPicker = useHasPicker();
  const isCapturing = useScreenCapture() !== null;
  return () => {
    if (hasPicker && !isCapturing) model.open({ kind: 'sources', sessionId });
    else void model.attempt(() => model.core.screen.share(sessionId));
  };
}

/** Lets the person choose a part of what is captured, or of something that they choose first, before anybody sees it. */
export function useShareRegion(sessionId: string): () => void {
  const model = useModel();
  const hasPicker = useHasPicker();
  const isCapturing = useScreenCapture() !== null;
  const chooseRegion = useChooseRegion(sessionId);
  return () => {
    if (hasPicker && !isCapturing) model.open({ kind: 'sources', sessionId, isForRegion: true });
    else chooseRegion();
  };
}

/** Captures what was chosen, or what the browser's picker gives, and asks which part of it to show. */
export function useChooseRegion(sessionId: string | null): (sourceId?: string) => void {
  const model = useModel();
  return (sourceId) => {
    void model
      .attempt(() => model.core.screen.prepare(sourceId))
      .then((isCaptured) => isCaptured && model.open({ kind: 'region', sessionId }));
  };
}

/** Lets the person choose something else in place of what is shared, for everybody who gets it. */
export function useChangeShare(): () => void {
  const model = useModel();
  const hasPicker = useHasPicker();
  return () => {
    if (hasPicker) model.open({ kind: 'sources', sessionId: null });
    else void model.attempt(() => model.core.screen.replace());
  };
}

/** Whether the app has a picker of its own. */
export function useHasPicker(): boolean {
  return useApp((state) => state.core.app?.capabilities.hasSourcePicker ?? false);
}
