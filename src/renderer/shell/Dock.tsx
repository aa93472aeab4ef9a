import { ActionIcon, Kbd, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconChartLine,
  IconDots,
  IconInfoCircle,
  IconLogout,
  IconMessage,
  IconSend,
  IconShieldCheck,
  IconUsers,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RecordItem } from '../features/recording/RecordItem';
import { useLeave } from '../features/session/useLeave';
import { AskToView, AskToViewItem } from '../features/share/AskToView';
import { CamControl } from '../features/voice/CamControl';
import { MicControl } from '../features/voice/MicControl';
import { MoreVoiceItems } from '../features/voice/MoreVoiceItems';
import { ShareControl } from '../features/share/ShareControl';
import { useApp, useModel } from '../state/AppModelContext';
import { useUnreadTexts } from '../state/selectors';
import { useFolderHint } from '../state/folders/useFolderHint';
import { mayBeTrusted, type SessionView } from '../state/views';
import { DockButton } from '../ui/DockButton';
import { SendItems } from '../ui/SendItems';
import { shortcutKeys } from '../ui/shortcuts';
import { sessionShortcuts } from './useAppShortcuts';
import './Dock.css';

interface DockProps {
  session: SessionView;
  onSendFiles: () => void;
  onSendFolder: () => void;
}

/** A window with less room than this has the rarer buttons behind one. */
const NARROW = '(max-width: 639px)';

/** What one does in a session, in one row and one place at every width. */
export function Dock({ session, onSendFiles, onSendFolder }: DockProps) {
  const { t } = useTranslation();
  const { leave, question } = useLeave(session);
  const may = session.ownRights;
  const isNarrow = useMediaQuery(NARROW, window.matchMedia(NARROW).matches);
  return (
    <div className="dock" role="group" aria-label={t('session.dock')}>
      {may.share ? (
        <div className="dock-group">
          <MicControl session={session} isNarrow={isNarrow} />
          <CamControl session={session} isNarrow={isNarrow} />
        </div>
      ) : null}
      <div className="dock-group">
        {may.share ? <ShareControl session={session} /> : null}
        {isNarrow || !may.askToView ? null : <AskToView session={session} />}
        {may.sendFiles ? <SendMenu {...{ onSendFiles, onSendFolder }} /> : null}
        <Limits session={session} />
      </div>
      <div className="dock-group">
        <DrawerButtons session={session} isNarrow={isNarrow} />
      </div>
      <DockButton
        label={t('session.leave')}
        icon={<IconLogout size={19} stroke={1.7} />}
        color="red"
        variant="light"
        className="dock-leave"
        onClick={leave}
      />
      {question}
    </div>
  );
}

function SendMenu({ onSendFiles, onSendFolder }: Omit<DockProps, 'session'>) {
  const { t } = useTranslation();
  const folderHint = useFolderHint();
  return (
    <Menu position="top" width={280} withinPortal>
      <Menu.Target>
        <DockButton label={t('session.send')} icon={<IconSend size={19} stroke={1.7} />} hasMenu />
      </Menu.Target>
      <Menu.Dropdown>
        <SendItems
          words={{ files: t('session.sendFiles'), folder: t('session.sendFolder') }}
          folderHint={folderHint}
          onFiles={onSendFiles}
          onFolder={onSendFolder}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where a guest would look for what the invite does not include: says so, and leads to the list of what it does. */
function Limits({ session: { ownRights } }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  const isOpen = useApp((state) => state.ui.drawer === 'people');
  if (!Object.values(ownRights).includes(false)) return null;
  return (
    <DockButton
      label={t('session.guest.limits')}
      icon={<IconInfoCircle size={19} stroke={1.7} />}
      isPressed={isOpen}
      onClick={() => model.toggleDrawer('people')}
    />
  );
}

function DrawerButtons({ session, isNarrow }: { session: SessionView; isNarrow: boolean }) {
  const { t } = useTranslation();
  const model = useModel();
  const drawer = useApp((state) => state.ui.drawer);
  const unreadCount = useUnreadTexts(session.sessionId);
  const chat = unreadCount > 0 ? t('session.unread', { count: unreadCount }) : t('session.drawer.chat');
  return (
    <>
      <DockButton
        label={chat}
        text={t('session.drawer.chat')}
        icon={<IconMessage size={19} stroke={1.7} />}
        isMarked={unreadCount > 0}
        isPressed={drawer === 'chat'}
        onClick={() => model.toggleDrawer('chat')}
      />
      {isNarrow ? null : (
        <DockButton
          label={t('session.drawer.people')}
          icon={<IconUsers size={19} stroke={1.7} />}
          isPressed={drawer === 'people'}
          onClick={() => model.toggleDrawer('people')}
        />
      )}
      <MoreMenu session={session} isNarrow={isNarrow} />
    </>
  );
}

/** What one rarely needs, and what a narrow window has no room for beside it. */
function MoreMenu({ session, isNarrow }: { session: SessionView; isNarrow: boolean }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Menu position="top-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={40} aria-label={t('session.more')}>
          <IconDots size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isNarrow && session.ownRights.askToView ? <AskToViewItem session={session} /> : null}
        {isNarrow ? (
          <Menu.Item leftSection={<IconUsers size={17} />} onClick={() => model.toggleDrawer('people')}>
            {t('session.drawer.people')}
          </Menu.Item>
        ) : null}
        {isNarrow && session.ownRights.share ? <MoreVoiceItems session={session} /> : null}
        {mayBeTrusted(session) ? (
          <Menu.Item
            leftSection={<IconShieldCheck size={17} />}
            onClick={() => model.open({ kind: 'trust', sessionId: session.sessionId })}
          >
            {t('trust.give.action')}
          </Menu.Item>
        ) : null}
        <RecordItem session={session} keys={shortcutKeys(sessionShortcuts.record)} />
        <Menu.Item
          leftSection={<IconChartLine size={17} />}
          rightSection={<Kbd size="xs">{shortcutKeys(sessionShortcuts.stats).join('+')}</Kbd>}
          onClick={() => model.open({ kind: 'stats', sessionId: session.sessionId })}
        >
          {t('stats.open')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
