import { desktopCapturer, type Session, systemPreferences } from 'electron';
import type { Log } from '../../../backend/ports';
import { CaptureSources, usesPortal } from './CaptureSources';

/** The screen sharing of a session: its `getDisplayMedia` gets what the page's picker chose. */
export function createCapture(session: Session, origins: ReadonlySet<string>, log: Log): CaptureSources {
  const { platform, env } = process;
  const capture = new CaptureSources({
    capturer: desktopCapturer,
    origins,
    hasPortal: usesPortal(platform, env),
    isScreenAllowed: () =>
      platform !== 'darwin' || systemPreferences.getMediaAccessStatus('screen') === 'granted',
    now: () => performance.now(),
    log,
  });
  session.setDisplayMediaRequestHandler((request, callback) => void capture.answer(request, callback));
  return capture;
}
