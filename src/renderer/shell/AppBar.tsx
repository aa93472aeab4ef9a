import { ActionIcon, Badge, UnstyledButton } from '@mantine/core';
import {
  IconEyeOff,
  IconHandStop,
  IconHome,
  IconSettings,
  IconShieldCheck,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { useLeave } from '../features/session/useLeave';
import { useApp, useModel } from '../state/AppModelContext';
import { isRecorded } from '../state/recordings';
import { useNewsCount, useSettings } from '../state/selectors';
import { hasOwnView, type SessionView } from '../state/views';
import { DevicePicture } from '../ui/device/DevicePicture';
import { Name } from '../ui/device/Name';
import { PhaseDot } from '../ui/device/PhaseDot';
import { shortcutKeys } from '../ui/shortcuts';
import { TipButton } from '../ui/TipButton';
import './AppBar.css';
import { TransfersButton } from './TransfersButton';
import { appShortcuts } from './useAppShortcuts';

/** Always there: the way home, a tab for each session with what is new in it, transfers and settings. */
export function AppBar() {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <header className="app-bar">
      <Tabs />
      <RequestsSign />
      <TransfersButton />
      <TipButton
        label={t('app.settings')}
        keys={shortcutKeys(appShortcuts.settings)}
        onClick={() => model.open({ kind: 'settings' })}
      >
        <IconSettings size={20} stroke={1.7} />
      </TipButton>
    </header>
  );
}

function Tabs() {
  const { t } = useTranslation();
  const model = useModel();
  // A request is a question, and no session yet.
  const sessions = useApp(
    useShallow(({ core }) =>
      core.sessions.filter((each) => each.state.phase !== 'asked' && hasOwnView(each)),
    ),
  );
  const view = useApp((state) => state.ui.view);
  return (
    <nav aria-label={t('app.views')} className="app-tabs">
      <UnstyledButton
        className="app-tab app-tab-home"
        aria-label={t('app.home')}
        title={t('app.home')}
        aria-current={view.kind === 'home' ? 'page' : undefined}
        onClick={() => model.show({ kind: 'home' })}
      >
        <IconHome size={20} stroke={1.7} aria-hidden />
      </UnstyledButton>
      {sessions.map((session) => (
        <SessionTab
          key={session.sessionId}
          session={session}
          isCurrent={view.kind === 'session' && view.sessionId === session.sessionId}
        />
      ))}
    </nav>
  );
}

/** A session's tab: how it stands, who it is with, whether its screen is live, and how much in it is new. */
function SessionTab({ session, isCurrent }: { session: SessionView; isCurrent: boolean }) {
  const { t } = useTranslation();
  const model = useModel();
  const { sessionId, title, state, peer, remoteShare, localShare } = session;
  const newsCount = useNewsCount(session);
  const isOnRecord = useApp(({ core }) => isRecorded(core.recordings, sessionId));
  const close = useLeave(session);
  const isLive = remoteShare !== null || localShare !== null;
  const news = [
    isOnRecord ? t('recording.tab') : '',
    isLive ? t(localShare ? 'app.tab.youShare' : 'app.tab.theyShare') : '',
    newsCount > 0 ? t('app.tab.news', { count: newsCount }) : '',
  ].filter((words) => words !== '');
  return (
    <div className="app-tab app-tab-session" data-current={isCurrent || undefined}>
      <UnstyledButton
        className="app-tab-open"
        aria-label={[title, t(`session.state.${state.phase}`), ...news].join(', ')}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => model.show({ kind: 'session', sessionId })}
      >
        {isOnRecord ? <span className="live-dot recorded-dot" aria-hidden /> : null}
        {isLive ? <span className="live-dot" aria-hidden /> : <PhaseDot phase={state.phase} />}
        {peer ? <DevicePicture deviceId={peer.deviceId} size={18} /> : null}
        <Name inherit>{title}</Name>
        {newsCount > 0 ? (
          <Badge circle size="sm" aria-hidden className="no-shrink count" data-count={newsCount} />
        ) : null}
      </UnstyledButton>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="xs"
        aria-label={t(state.phase === 'ended' ? 'app.tab.close' : 'app.tab.leave', { name: title })}
        onClick={close.leave}
      >
        <IconX size={13} />
      </ActionIcon>
      {close.question}
    </div>
  );
}

/** Says why no request comes, where that is by choice; leads to the choice. */
function RequestsSign() {
  const { t } = useTranslation();
  const model = useModel();
  const requests = useSettings()?.requests ?? 'everyone';
  if (requests === 'everyone') return null;
  const Icon = requestsIcons[requests];
  const now = t(`requests.now.${requests}`);
  return (
    <TipButton
      label={`${now}. ${t('requests.change')}`}
      color="yellow"
      c="var(--app-warn)"
      bg="var(--app-warn-soft)"
      onClick={() => model.open({ kind: 'settings', tab: 'trust' })}
    >
      <Icon size={20} stroke={1.7} />
    </TipButton>
  );
}

const requestsIcons = { trusted: IconShieldCheck, nobody: IconHandStop, hidden: IconEyeOff } as const;
