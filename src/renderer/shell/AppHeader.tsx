import { UnstyledButton } from '@mantine/core';
import { IconEyeOff, IconHandStop, IconSettings, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useApp, useModel } from '../state/AppModelContext';
import { useSettings } from '../state/selectors';
import { DevicePicture } from '../ui/device/DevicePicture';
import { Mark } from '../ui/Mark';
import { Name } from '../ui/device/Name';
import { PhaseDot } from '../ui/device/PhaseDot';
import { shortcutKeys } from '../ui/shortcuts';
import { TipButton } from '../ui/TipButton';
import { TransfersButton } from './TransfersButton';
import { appShortcuts } from './useAppShortcuts';

/** Always there: the way home, the open sessions, transfers and settings. */
export function AppHeader() {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <header className="shell-header">
      <div className="shell-brand">
        <Mark size={26} />
        {t('app.name')}
      </div>
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
  const sessions = useApp((state) => state.core.sessions);
  const view = useApp((state) => state.ui.view);
  return (
    <nav aria-label={t('app.views')} className="shell-tabs">
      <UnstyledButton
        className="shell-tab"
        aria-current={view.kind === 'home' ? 'page' : undefined}
        onClick={() => model.show({ kind: 'home' })}
      >
        {t('app.home')}
      </UnstyledButton>
      {sessions.map(({ sessionId, title, state, peer }) => (
        <UnstyledButton
          key={sessionId}
          className="shell-tab"
          aria-current={view.kind === 'session' && view.sessionId === sessionId ? 'page' : undefined}
          onClick={() => model.show({ kind: 'session', sessionId })}
        >
          <PhaseDot phase={state.phase} />
          {peer ? <DevicePicture deviceId={peer.deviceId} size={18} /> : null}
          <Name inherit>{title}</Name>
        </UnstyledButton>
      ))}
    </nav>
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
