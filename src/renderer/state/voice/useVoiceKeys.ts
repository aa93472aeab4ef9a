import { useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import { useModel } from '../AppModelContext';
import type { AppModel } from '../store';
import { type FocusedBy, isForTalking } from './isForTalking';

/** Mutes and unmutes while nobody types; the space bar unmutes for as long as it is held. */
export const MUTE_KEY = 'M';

/** Listens to the keys of the voice, in every view, once a microphone is on. */
export function useVoiceKeys(): void {
  const model = useModel();
  useHotkeys([
    [
      MUTE_KEY,
      () => {
        const mute = muteNow(model);
        if (mute !== null) model.core.setMuted('microphone', mute !== 'paused');
      },
    ],
  ]);
  useEffect(() => pushToTalk(model), [model]);
}

/** How the microphone is muted; `null` where none is on. */
function muteNow({ core }: AppModel) {
  return core.getSnapshot().captures.find(({ source }) => source === 'microphone')?.mute ?? null;
}

function pushToTalk(model: AppModel): () => void {
  const focus = watchFocus();
  let isTalking = false;
  const stop = (): void => {
    if (isTalking) model.core.setMuted('microphone', true);
    isTalking = false;
  };
  const onDown = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || event.ctrlKey || event.altKey || event.metaKey) return;
    const isMeant = muteNow(model) === 'paused' && isForTalking(event.target as Element | null, focus.by());
    if (!isTalking && !isMeant) return;
    // Also while it repeats: it would scroll.
    event.preventDefault();
    if (!isTalking) model.core.setMuted('microphone', false);
    isTalking = true;
  };
  const onUp = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || !isTalking) return;
    // It would press the button that has the focus.
    event.preventDefault();
    stop();
  };
  const stopListening = listenAll([
    [window, 'keydown', onDown as EventListener],
    [window, 'keyup', onUp as EventListener],
    // Where the window loses the focus, nobody hears the key come up.
    [window, 'blur', stop],
    [document, 'visibilitychange', stop],
  ]);
  return () => {
    stop();
    stopListening();
    focus.stop();
  };
}

/** Follows what brings the focus to where it is. */
function watchFocus(): { by: () => FocusedBy; stop: () => void } {
  let last: FocusedBy = 'keyboard';
  let focusedBy: FocusedBy = 'keyboard';
  const stop = listenAll([
    [window, 'pointerdown', () => (last = 'pointer')],
    [window, 'keydown', () => (last = 'keyboard')],
    [window, 'focusin', () => (focusedBy = last)],
  ]);
  return { by: () => focusedBy, stop };
}

function listenAll(all: readonly [EventTarget, string, EventListener][]): () => void {
  for (const [target, name, listener] of all) target.addEventListener(name, listener, true);
  return () => {
    for (const [target, name, listener] of all) target.removeEventListener(name, listener, true);
  };
}
