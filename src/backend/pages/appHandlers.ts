import type { RequestHandlers } from '../../shared/contract/backend';
import type { AppState } from '../../shared/contract/app';
import type { SessionInfo } from '../../shared/contract/sessions';
import { HitherError } from '../../shared/errors';
import type { NearbyService } from '../../main/node/discovery/NearbyService';
import type { FileThread } from '../../main/node/files/FileThread';
import type { OwnIdentity } from '../trust/OwnIdentity';
import type { TrustStore } from '../trust/TrustStore';
import type { NoticeBoard } from './NoticeBoard';
import type { PageHub } from './PageHub';
import type { SettingsStore } from '../settings/SettingsStore';
import { capabilitiesOf } from './shellHandlers';
import type { ShellPorts } from './shellPorts';
import type { SessionService } from '../sessions/SessionService';
import type { TransferPresence } from '../transfers/TransferPresence';
import type { TransferService } from '../transfers/TransferService';

/** What a backend is made of. */
export interface AppParts {
  hub: PageHub;
  settings: SettingsStore;
  trust: TrustStore;
  own: OwnIdentity;
  nearby: NearbyService;
  signaling: SessionService;
  transfers: TransferService;
  presence: TransferPresence;
  notices: NoticeBoard;
  fileThread: FileThread | null;
  shell: ShellPorts;
}

type AppRequest =
  'app:attach' | 'app:dismissNotice' | 'settings:update' | 'nearby:refresh' | 'capture:activate';

/** What a page may ask that belongs to no service alone. */
export function appHandlers(parts: AppParts): Pick<RequestHandlers, AppRequest> {
  const { hub, settings, trust, own, nearby, signaling, transfers, notices, shell } = parts;
  return {
    'app:attach': ({ fingerprint }, pageId): AppState => {
      signaling.pageComes(fingerprint);
      hub.activate(pageId);
      return {
        device: own.device,
        identityKey: own.identityKey,
        trusted: trust.list,
        capabilities: capabilitiesOf(shell),
        settings: settings.current,
        nearby: nearby.state(),
        sessions: signaling.views(),
        transfers: transfers.list.attach(),
        notices: notices.notices,
      };
    },
    'app:dismissNotice': ({ noticeId }) => {
      notices.dismiss(noticeId);
      return {};
    },
    'settings:update': (patch) => settings.update(patch),
    'capture:activate': async ({ sessionId }, pageId) => {
      const session = signaling.views().find((view) => view.sessionId === sessionId);
      if (shell.activatePage === undefined || !session || !maySeeScreenUnasked(session))
        throw new HitherError('not-allowed');
      await shell.activatePage(pageId);
      return {};
    },
    'nearby:refresh': async () => {
      await nearby.refresh();
      return {};
    },
  };
}

/** Whether the person lets the peer of a session see this screen without a question. */
function maySeeScreenUnasked({ trust, isVerified, isPeerVerified }: SessionInfo): boolean {
  const isAllowed = trust.state === 'trusted' && trust.permissions.viewScreen === 'allow';
  return isAllowed && isVerified && isPeerVerified;
}
