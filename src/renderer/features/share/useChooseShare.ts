import { useApp, useModel } from '../../state/AppModelContext';

/** Lets the person choose what to share: in our own picker where the app has one; elsewhere the browser asks. */
export function useChooseShare(sessionId: string): () => void {
  const model = useModel();
  const hasPicker = useApp((state) => state.core.app?.capabilities.hasSourcePicker ?? false);
  return () => {
    if (hasPicker) model.open({ kind: 'sources', sessionId });
    else void model.attempt(() => model.core.shareScreen(sessionId));
  };
}
