import { release } from 'node:os';
import { desktopCapturer, type Session, systemPreferences } from 'electron';
import type { Log } from '../../../backend/ports';
import { CaptureSources, usesPortal } from './CaptureSources';
import { canShareSound } from './computerSound';

/**
 * The screen sharing of a session: its `getDisplayMedia` gets what the page's picker chose.
 * @param isSoundOn whether the person has the sound of the computer go with a screen
 */
export function createCapture(
  session: Session,
  origins: ReadonlySet<string>,
  isSoundOn: () => boolean,
  log: Log,
): CaptureSources {
  const { platform, env } = process;
  const capture = new CaptureSources({
    capturer: desktopCapturer,
    origins,
    hasPortal: usesPortal(platform, env),
    isScreenAllowed: () =>
      platform !== 'darwin' || systemPreferences.getMediaAccessStatus('screen') === 'granted',
    canShareSound: canShareSound(platform, release()),
    isSoundOn,
    now: () => performance.now(),
    log,
  });
  session.setDisplayMediaRequestHandler((request, callback) => void capture.answer(request, callback));
  return capture;
}
