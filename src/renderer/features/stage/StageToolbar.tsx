import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconAspectRatio,
  IconPictureInPicture,
  IconPictureInPictureOff,
  IconZoomScan,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TipButton } from '../../ui/TipButton';
import type { StageView } from './useStageView';

/** Keys that work while the stage has the focus. */
export const stageKeys = { scale: 'z', fullscreen: 'f', pip: 'p' } as const;

/** The buttons at the foot of the stage. */
export function StageToolbar({ view }: { view: StageView }) {
  const { t } = useTranslation();
  const iconProps = { size: 19, stroke: 1.7 };
  return (
    <div role="toolbar" aria-label={t('session.stage.toolbar')} className="stage-toolbar">
      <TipButton
        label={t(view.scale === 'fit' ? 'session.stage.actual' : 'session.stage.fit')}
        keys={[stageKeys.scale.toUpperCase()]}
        onClick={view.toggleScale}
      >
        {view.scale === 'fit' ? <IconZoomScan {...iconProps} /> : <IconAspectRatio {...iconProps} />}
      </TipButton>
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
