import { Indicator, UnstyledButton } from '@mantine/core';
import { IconArrowsExchange, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useApp, useModel } from '../state/AppModelContext';
import { useActiveTransferCount } from '../state/selectors';
import { Mark } from '../ui/Mark';
import { Name } from '../ui/Name';
import { PhaseDot } from '../ui/PhaseDot';
import { shortcutKeys } from '../ui/shortcuts';
import { TipButton } from '../ui/TipButton';
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
      {sessions.map(({ sessionId, title, state }) => (
        <UnstyledButton
          key={sessionId}
          className="shell-tab"
          aria-current={view.kind === 'session' && view.sessionId === sessionId ? 'page' : undefined}
          onClick={() => model.show({ kind: 'session', sessionId })}
        >
          <PhaseDot phase={state.phase} />
          <Name inherit>{title}</Name>
        </UnstyledButton>
      ))}
    </nav>
  );
}

function TransfersButton() {
  const { t } = useTranslation();
  const model = useModel();
  const count = useActiveTransferCount();
  const isOpen = useApp((state) => state.ui.transfersPanel === 'open');
  return (
    <Indicator label={count} disabled={count === 0} size={17} offset={5} color="cobalt">
      <TipButton
        label={count === 0 ? t('app.transfers') : t('app.transfersWaiting', { count })}
        keys={shortcutKeys(appShortcuts.transfers)}
        aria-expanded={isOpen}
        variant={isOpen ? 'light' : 'subtle'}
        onClick={() => model.toggleTransfers()}
      >
        <IconArrowsExchange size={20} stroke={1.7} />
      </TipButton>
    </Indicator>
  );
}
