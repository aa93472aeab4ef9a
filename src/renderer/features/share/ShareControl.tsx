import { Button, Menu } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import {
  IconAdjustmentsHorizontal,
  IconChartLine,
  IconChevronUp,
  IconCrop,
  IconMaximize,
  IconPlayerPause,
  IconPlayerPlay,
  IconReplace,
  IconScreenShare,
  IconScreenShareOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { canShowScreens, type SessionView } from '../../state/views';
import { DockButton } from '../../ui/DockButton';
import { shortcutKeys } from '../../ui/shortcuts';
import { useSoundWay } from '../../state/sound/useScreenSound';
import { SoundChoiceItem, SoundItem } from './SoundItem';
import {
  useChangeShare,
  useChooseShare,
  useHasPicker,
  useScreenCapture,
  useShareRegion,
} from './useChooseShare';

const SHORTCUT = 'mod+shift+S';

/** Starts a share; stops the one there is, and says what else can be done with it. */
export function ShareControl({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const toggle = useShareToggle(session);
  useHotkeys([[SHORTCUT, toggle]]);
  const isSharing = session.localShare !== null;
  const hasCapture = useScreenCapture() !== null;
  const hasOtherWays = useHasOtherWays();
  const isPossible = isSharing || canShowScreens(session);
  return (
    <Button.Group>
      <DockButton
        label={t(isSharing ? 'share.stop' : hasCapture ? 'share.startHere' : 'share.start')}
        keys={shortcutKeys(SHORTCUT)}
        color={isSharing ? 'ember' : 'cobalt'}
        variant="filled"
        icon={isSharing ? <IconScreenShareOff size={19} /> : <IconScreenShare size={19} />}
        onClick={toggle}
        {...(isPossible ? {} : ({ 'aria-disabled': true, 'data-disabled': true } as const))}
      />
      {isSharing ? <ShareMenu sessionId={session.sessionId} /> : null}
      {!isSharing && isPossible && hasOtherWays ? <StartMenu session={session} /> : null}
    </Button.Group>
  );
}

/** Other ways to begin a share. */
function StartMenu({ session: { sessionId } }: { session: SessionView }) {
  const { t } = useTranslation();
  const { core } = useModel();
  const choose = useShareRegion(sessionId);
  const choosesSound = useChoosesSound();
  return (
    <Menu position="top" withinPortal>
      <Menu.Target>
        <Button px={8} h={40} className="share-menu" aria-label={t('share.moreWays')}>
          <IconChevronUp size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {core.screen.canShareRegion ? (
          <Menu.Item leftSection={<IconCrop size={17} />} onClick={choose}>
            {t('share.part.start')}
          </Menu.Item>
        ) : null}
        {choosesSound ? <SoundChoiceItem /> : null}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Whether a share begins in a dialog that is not ours, so that the choice of its sound has no place but a menu. */
function useChoosesSound(): boolean {
  const way = useSoundWay();
  const hasPicker = useHasPicker();
  const isCapturing = useScreenCapture() !== null;
  return way !== 'none' && !hasPicker && !isCapturing;
}

function useHasOtherWays(): boolean {
  const { core } = useModel();
  const choosesSound = useChoosesSound();
  return core.screen.canShareRegion || choosesSound;
}

/** What can be done with what is shared, besides stopping it. */
function ShareMenu({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const change = useChangeShare();
  const capture = useScreenCapture();
  if (!capture) return null;
  const isPaused = capture.mute === 'paused';
  return (
    <Menu position="top" withinPortal>
      <Menu.Target>
        <Button color="ember" px={8} h={40} className="share-menu" aria-label={t('share.more')}>
          <IconChevronUp size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={isPaused ? <IconPlayerPlay size={17} /> : <IconPlayerPause size={17} />}
          onClick={() => model.core.setMuted('screen', !isPaused)}
        >
          {t(isPaused ? 'share.resume' : 'share.pause')}
        </Menu.Item>
        <SoundItem />
        <Menu.Item leftSection={<IconReplace size={17} />} onClick={change}>
          {t('share.change')}
        </Menu.Item>
        {model.core.screen.canShareRegion ? (
          <Menu.Item
            leftSection={<IconCrop size={17} />}
            onClick={() => model.open({ kind: 'region', sessionId: null })}
          >
            {t(capture.region ? 'share.part.another' : 'share.part.only')}
          </Menu.Item>
        ) : null}
        {capture.region ? (
          <Menu.Item
            leftSection={<IconMaximize size={17} />}
            onClick={() => model.core.screen.setRegion(null)}
          >
            {t('share.part.all')}
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={<IconAdjustmentsHorizontal size={17} />}
          onClick={() => model.open({ kind: 'quality', sessionId })}
        >
          {t('quality.open')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconChartLine size={17} />}
          onClick={() => model.open({ kind: 'stats', sessionId })}
        >
          {t('stats.open')}
        </Menu.Item>
        {capture.watchers.length > 1 ? (
          <Menu.Item
            leftSection={<IconScreenShareOff size={17} />}
            onClick={() => model.core.stopCapture('screen')}
          >
            {t('share.stopForAll')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

function useShareToggle(session: SessionView): () => void {
  const model = useModel();
  const choose = useChooseShare(session.sessionId);
  return () => {
    if (session.localShare) model.core.screen.stop(session.sessionId);
    else if (canShowScreens(session)) choose();
  };
}
