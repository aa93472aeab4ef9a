import { CloseButton, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Chat } from '../features/compose/Chat';
import { People } from '../features/session/People';
import { TransferPicture } from '../features/transfers/picture/TransferPicture';
import { TransferRow } from '../features/transfers/TransferRow';
import { Transfers } from '../features/transfers/Transfers';
import { useModel } from '../state/AppModelContext';
import { useUnreadTexts } from '../state/selectors';
import type { DrawerTab } from '../state/uiState';
import type { SessionView } from '../state/views';
import { SidePanel } from '../ui/SidePanel';
import './Drawer.css';

const TABS: readonly DrawerTab[] = ['chat', 'files', 'people'];

/** Beside the stage, over it in a narrow window: what was said and sent, all transfers, and who is here. */
export function Drawer({ session, tab }: { session: SessionView; tab: DrawerTab }) {
  const { t } = useTranslation();
  const model = useModel();
  const unreadCount = useUnreadTexts(session.sessionId);
  return (
    <SidePanel className="drawer" label={t('session.drawer.label')} onClose={() => model.closeDrawer()}>
      <Tabs
        value={tab}
        onChange={(value) => {
          const next = TABS.find((each) => each === value);
          // Told of a press on the open one as well, which would close it.
          if (next && next !== tab) model.toggleDrawer(next);
        }}
        className="fill-column"
        classNames={{ panel: 'fill-column' }}
        keepMounted={false}
      >
        <div className="drawer-head">
          <Tabs.List className="grow">
            {TABS.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {t(`session.drawer.${each}`)}
                {each === 'chat' && unreadCount > 0 ? <span className="unread-dot" aria-hidden /> : null}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <CloseButton mr={6} my="auto" aria-label={t('app.close')} onClick={() => model.closeDrawer()} />
        </div>
        <Tabs.Panel value="chat">
          <Chat
            session={session}
            transferRow={(transferId) => (
              <>
                <TransferRow transferId={transferId} />
                <TransferPicture transferId={transferId} />
              </>
            )}
          />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <Transfers />
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <People session={session} />
        </Tabs.Panel>
      </Tabs>
    </SidePanel>
  );
}
