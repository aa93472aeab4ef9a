import type { Backend } from '../../../shared/contract/backend';
import { HitherError } from '../../../shared/errors';
import { captureScreen } from './captureScreen';
import type { Captured } from './LocalMedia';

/** Event of the desktop shell, in which the page may capture although nobody has clicked. */
const ACTIVATED = 'hither:activated';
/** How long the shell may take to send it, in ms. */
const ACTIVATION_MS = 5_000;

/**
 * Captures the first screen without a question, for a device that the person lets see it: without sound, which nobody let it hear. Only
 * the desktop app can.
 * @throws HitherError `unknown-source` where there is no screen, `not-allowed` where the backend doesn't let it,
 *   `timed-out` where no activation came, and those of `captureScreen`
 */
export async function captureUnasked(backend: Backend, sessionId: string): Promise<Captured> {
  const { sources } = await backend.request('capture:sources', {});
  const screen = sources.find(({ kind }) => kind === 'screen');
  if (!screen) throw new HitherError('unknown-source');
  await backend.request('capture:choose', { sourceId: screen.sourceId });
  const capture = () => captureScreen({ hasSound: false });
  return inActivation(() => backend.request('capture:activate', { sessionId }), capture);
}

/** Runs `work` in the listener of the shell's event, where a browser takes it for the person's. */
function inActivation<T>(ask: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (error: unknown): void => {
      clearTimeout(timer);
      removeEventListener(ACTIVATED, onActivated);
      reject(error instanceof Error ? error : new HitherError('internal', {}, error));
    };
    const onActivated = (): void => {
      clearTimeout(timer);
      work().then(resolve, reject);
    };
    const timer = setTimeout(() => giveUp(new HitherError('timed-out')), ACTIVATION_MS);
    addEventListener(ACTIVATED, onActivated, { once: true });
    ask().catch(giveUp);
  });
}
