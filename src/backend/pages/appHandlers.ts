import type { RequestHandlers } from '../../shared/contract/backend';
import type { AppState } from '../../shared/contract/app';
import type { Away } from '../../shared/contract/away';
import type { EmbeddedRelayState } from '../../shared/contract/embeddedRelay';
import type { Invite } from '../../shared/contract/invites';
import type { NearbyState } from '../../shared/contract/nearby';
import type { RecordingsState } from '../../shared/contract/recordings';
import type { SessionInfo } from '../../shared/contract/sessions';
import type { DeviceTexts } from '../../shared/contract/texts';
import type { TransferView } from '../../shared/contract/transfers';
import type { TrustedDevice } from '../../shared/contract/trust';
import type { DeviceInfo } from '../../shared/device';
import { HitherError } from '../../shared/errors';
import type { Settings, SettingsPatch } from '../../shared/settings/settings';
import type { OpenedLinks } from './OpenedLinks';
import type { NoticeBoard } from './NoticeBoard';
import type { PageHolds } from './PageHolds';
import type { PageHub } from './PageHub';
import { capabilitiesOf } from './shellHandlers';
import type { ShellPorts } from './shellPorts';

/** The parts of the services that a page's first request, and those that concern no service alone, need. */
export interface AppServices {
  hub: Pick<PageHub, 'activate' | 'look' | 'asideChanged'>;
  holds: Pick<PageHolds, 'tell'>;
  settings: { readonly current: Settings; update(patch: SettingsPatch): Promise<Settings> };
  trust: { readonly list: TrustedDevice[] };
  own: { readonly device: DeviceInfo; readonly identityKey: string };
  nearby: { state(): NearbyState; refresh(): Promise<void> };
  invites: { readonly list: Invite[] };
  rendezvous: { readonly away: Away };
  embeddedRelay: { readonly state: EmbeddedRelayState };
  sessions: { pageComes(fingerprint: string): void; views(): SessionInfo[] };
  /** `attach` has the page told of what changes from then on. */
  transfers: { list: { attach(): TransferView[] } };
  texts: { readonly all: DeviceTexts[] };
  recordings: { readonly state: RecordingsState };
  notices: NoticeBoard;
  openedLinks: Pick<OpenedLinks, 'link' | 'forget'>;
  shell: ShellPorts;
}

type AppRequest =
  | `app:${'look' | 'attach' | 'hold' | 'dismissNotice' | 'forgetLink'}`
  | 'settings:update'
  | 'nearby:refresh'
  | 'capture:activate';

/** What a page may ask that belongs to no service alone. */
export function appHandlers(services: AppServices): Pick<RequestHandlers, AppRequest> {
  const { hub, holds, settings, trust, own, nearby, invites, rendezvous, embeddedRelay } = services;
  const { sessions, transfers, texts, recordings, notices, openedLinks, shell } = services;
  return {
    'app:look': (_args, pageId) => ({ ...hub.look(pageId), settings: settings.current }),
    'app:attach': ({ fingerprint }, pageId): AppState => {
      sessions.pageComes(fingerprint);
      hub.activate(pageId);
      return {
        device: own.device,
        identityKey: own.identityKey,
        trusted: trust.list,
        capabilities: capabilitiesOf(shell),
        settings: settings.current,
        nearby: nearby.state(),
        invites: invites.list,
        away: rendezvous.away,
        embeddedRelay: embeddedRelay.state,
        sessions: sessions.views(),
        transfers: transfers.list.attach(),
        texts: texts.all,
        recordings: recordings.state,
        notices: notices.notices,
        openedLink: openedLinks.link,
      };
    },
    'app:hold': (holdings, pageId) => {
      holds.tell(pageId, holdings);
      hub.asideChanged();
      return {};
    },
    'app:dismissNotice': ({ noticeId }) => {
      notices.dismiss(noticeId);
      return {};
    },
    'app:forgetLink': ({ linkId }) => {
      openedLinks.forget(linkId);
      return {};
    },
    'settings:update': (patch) => settings.update(patch),
    'capture:activate': async ({ sessionId }, pageId) => {
      const session = sessions.views().find((view) => view.sessionId === sessionId);
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
