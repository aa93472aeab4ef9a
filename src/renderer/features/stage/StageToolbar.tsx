import { Button, Menu } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconPictureInPicture,
  IconPictureInPictureOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { TipButton } from '../../ui/TipButton';
import type { StageView } from './useStageView';
import type { ZoomControl } from './useZoom';

/** Keys that work while the stage has the focus. */
export const stageKeys = { scale: 'z', fullscreen: 'f', pip: 'p' } as const;

/** Zooms that are offered, in percent. */
const ZOOMS = [50, 100, 150, 200] as const;

/** The buttons over the shared screen: how large it is, and where. */
export function StageToolbar({ view, zoom }: { view: StageView; zoom: ZoomControl }) {
  const { t } = useTranslation();
  const iconProps = { size: 19, stroke: 1.7 };
  return (
    <div role="toolbar" aria-label={t('session.stage.toolbar')} className="stage-toolbar">
      <ZoomMenu zoom={zoom} />
      {view.canPip ? (
        <TipButton
          label={t(view.isPip ? 'session.stage.exitPip' : 'session.stage.pip')}
          keys={[stageKeys.pip.toUpperCase()]}
          onClick={view.togglePip}
        >
          {view.isPip ? <IconPictureInPictureOff {...iconProps} /> : <IconPictureInPicture {...iconProps} />}
        </TipButton>
      ) : null}
      <TipButton
        label={t(view.isFullscreen ? 'session.stage.exitFullscreen' : 'session.stage.fullscreen')}
        keys={[stageKeys.fullscreen.toUpperCase()]}
        onClick={view.toggleFullscreen}
      >
        {view.isFullscreen ? <IconArrowsMinimize {...iconProps} /> : <IconArrowsMaximize {...iconProps} />}
      </TipButton>
    </div>
  );
}

function ZoomMenu({ zoom: { zoom, percent, setZoom } }: { zoom: ZoomControl }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = percent === null ? '–' : format.percent(percent / 100);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          className="numbers"
          aria-label={t('session.stage.zoom', { percent: shown })}
        >
          {shown}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => setZoom('fit')} fw={zoom === 'fit' ? 650 : 400}>
          {t('session.stage.fit')}
        </Menu.Item>
        {ZOOMS.map((each) => (
          <Menu.Item key={each} onClick={() => setZoom(each)} fw={zoom === each ? 650 : 400}>
            {each === 100 ? t('session.stage.actual') : format.percent(each / 100)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
