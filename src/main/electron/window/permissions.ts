import type { Session } from 'electron';
import type { MediaAccess, UserDevice } from './MediaAccess';
import { isTrustedUrl } from './pageOrigin';

/** What our page may do; everything else, named or new in a later Chromium, is denied. */
const ALLOWED: ReadonlySet<string> = new Set([
  // A check opens nothing: it shows names of devices, and without it WebRTC hides this machine's addresses behind `.local`
  // names that not every LAN resolves. What opens a device is a request, about which the person is asked.
  'media',
  'display-capture',
  'fullscreen',
  'clipboard-sanitized-write',
  'notifications',
  // Chromium asks for these before WebRTC may reach private and loopback addresses, which is all a LAN has.
  'local-network',
  'local-network-access',
  'loopback-network',
]);

/** A permission that Chromium asks about, with every URL or origin that it names as the asker's. */
interface PermissionQuestion {
  permission: string;
  askers: readonly (string | undefined)[];
  isMainFrame: boolean;
}

/** Whether to grant: an allowed permission, asked by the main frame, and every asker named is our own page. */
function isPermitted(question: PermissionQuestion, origins: ReadonlySet<string>): boolean {
  const askers = question.askers.filter((asker) => asker !== undefined);
  return (
    ALLOWED.has(question.permission) &&
    question.isMainFrame &&
    askers.length > 0 &&
    askers.every((asker) => isTrustedUrl(asker, origins))
  );
}

const DEVICES: Readonly<Record<'audio' | 'video', UserDevice>> = { audio: 'microphone', video: 'camera' };

/** What a `media` request is for; one that names nothing is for nothing. */
function devicesOf(details: { mediaTypes?: ('video' | 'audio')[] } | object): UserDevice[] {
  const types = 'mediaTypes' in details ? details.mediaTypes : undefined;
  return (types ?? []).map((type) => DEVICES[type]);
}

/** Makes a session deny everything but what our page needs; both handlers, because Chromium asks either. */
export function installPermissions(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
  origins: ReadonlySet<string>,
  access: Pick<MediaAccess, 'allow'>,
): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const securityOrigin = 'securityOrigin' in details ? details.securityOrigin : undefined;
    const askers = [details.requestingUrl, securityOrigin];
    const isOurs = isPermitted({ permission, askers, isMainFrame: details.isMainFrame }, origins);
    if (!isOurs || permission !== 'media') callback(isOurs);
    else void access.allow(devicesOf(details)).then(callback);
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const askers = [requestingOrigin, details.requestingUrl, details.securityOrigin, details.embeddingOrigin];
    return isPermitted({ permission, askers, isMainFrame: details.isMainFrame }, origins);
  });
  session.setDevicePermissionHandler(() => false);
}
