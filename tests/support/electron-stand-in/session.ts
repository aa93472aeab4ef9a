import type {
  DesktopCapturerSource,
  DisplayMediaRequestHandlerHandlerRequest,
  PermissionRequest,
  Session as ElectronSession,
  WebContents,
} from 'electron';
import { originOf, toApp, toChromium } from './appUrls';
import type { Session } from './DevTools';
import { named } from './named';

type RequestHandler = Parameters<ElectronSession['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<ElectronSession['setPermissionCheckHandler']>[0];
type DisplayMediaHandler = Parameters<ElectronSession['setDisplayMediaRequestHandler']>[0];
type Permission = Parameters<NonNullable<RequestHandler>>[1];
type Checked = Parameters<NonNullable<CheckHandler>>[1];

/** Electron's permissions, and what Chromium calls them. */
const PERMISSIONS: readonly [electron: Permission, chromium: string][] = [
  ['media', 'camera'],
  ['media', 'microphone'],
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['idle-detection', 'idle-detection'],
  ['storage-access', 'storage-access'],
  ['local-network-access', 'local-network-access'],
  ['local-network', 'local-network'],
  ['loopback-network', 'loopback-network'],
  ['window-management', 'window-management'],
];

let onRequest: RequestHandler = null;
let onCheck: CheckHandler = null;
let onDisplayMedia: DisplayMediaHandler = null;

/**
 * Asks the app about every permission for a page that is about to load and tells Chromium the answers. Electron asks when
 * the page does; a permission without a handler is granted, as there.
 */
export async function decidePermissions(browser: Session, contents: WebContents, url: string): Promise<void> {
  if (!/^(https?|app):/.test(url)) return;
  const origin = originOf(toChromium(url));
  const setting = async ([permission, name]: (typeof PERMISSIONS)[number]) => {
    // Electron asks one handler or the other, by what the page does; Chromium is told one answer, so neither may grant too much.
    const isGranted = (await isRequestGranted(contents, permission, url)) || isCheckGranted(permission, url);
    const state = isGranted ? 'granted' : 'denied';
    // A Chromium without this permission has nothing to be told.
    await browser
      .send('Browser.setPermission', { permission: { name }, setting: state, origin })
      .catch(() => undefined);
  };
  await Promise.all(PERMISSIONS.map(setting));
}

function isRequestGranted(contents: WebContents, permission: Permission, url: string): Promise<boolean> {
  const handler = onRequest;
  if (handler === null) return Promise.resolve(true);
  const details = { isMainFrame: true, requestingUrl: url } as PermissionRequest;
  return new Promise((resolve) => handler(contents, permission, resolve, details));
}

/**
 * Asks the app about a `getUserMedia`, as Electron does for each.
 * @param origin the page's, as Chromium spells it
 */
export function isMediaGranted(
  contents: WebContents,
  mediaTypes: ('audio' | 'video')[],
  origin: string,
): Promise<boolean> {
  const handler = onRequest;
  if (handler === null) return Promise.resolve(true);
  const url = `${toApp(origin)}/`;
  const details = { isMainFrame: true, requestingUrl: url, securityOrigin: url, mediaTypes };
  return new Promise((resolve) => handler(contents, 'media', resolve, details));
}

function isCheckGranted(permission: Checked, url: string): boolean {
  if (onCheck === null) return true;
  return onCheck(null, permission, originOf(url), { isMainFrame: true, requestingUrl: url });
}

/** What the app lets a page capture. */
interface Given {
  id: DesktopCapturerSource['id'];
  /** The sound of the computer goes with it. */
  hasSound: boolean;
}

/**
 * Lets the app choose what a `getDisplayMedia` captures; `null` denies.
 * @param origin the page's, as Chromium spells it
 */
export function chooseSource(
  frame: DisplayMediaRequestHandlerHandlerRequest['frame'],
  origin: string,
  asked: { isVideo: boolean; isAudio: boolean },
): Promise<Given | null> {
  const handler = onDisplayMedia;
  if (handler === null) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const request: DisplayMediaRequestHandlerHandlerRequest = {
      frame,
      securityOrigin: `${toApp(origin)}/`,
      videoRequested: asked.isVideo,
      audioRequested: asked.isAudio,
      userGesture: true,
    };
    handler(request, (streams) => {
      if (isAnswered) {
        process.emitWarning('a capture request was answered twice', 'ElectronStandIn');
        throw new TypeError('One-time callback was called more than once');
      }
      isAnswered = true;
      const { video, audio } = streams ?? {};
      if (audio !== undefined && audio !== 'loopback')
        reject(new Error('the Electron stand-in has no sound but that of the computer'));
      else if (video === undefined) resolve(null);
      else if ('id' in video) resolve({ id: video.id, hasSound: audio !== undefined });
      else reject(new Error('the Electron stand-in captures no frames'));
    });
  });
}

const defaultSession = named('session', {
  setPermissionRequestHandler: (handler: RequestHandler) => void (onRequest = handler),
  setPermissionCheckHandler: (handler: CheckHandler) => void (onCheck = handler),
  setDisplayMediaRequestHandler: (handler: DisplayMediaHandler) => void (onDisplayMedia = handler),
  setDevicePermissionHandler() {
    // Chromium shows its device choosers to a page that was granted one; this one is offered no device.
  },
} satisfies Partial<ElectronSession>);

export const session = named('session', { defaultSession });
