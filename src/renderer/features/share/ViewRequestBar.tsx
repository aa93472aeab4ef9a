import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';
import { useChooseShare, useScreenCapture } from './useChooseShare';
import './ViewRequestBar.css';

/** The other person's question to see this screen, for as long as it has no answer. */
export function ViewRequestBar({ session: { sessionId, title } }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  const choose = useChooseShare(sessionId);
  const hasCapture = useScreenCapture() !== null;
  return (
    <div className="view-request-bar" role="region" aria-label={t('share.view.region')}>
      <IconEye size={19} aria-hidden className="no-shrink" />
      <span className="view-request-bar-words">
        <Sentence k="share.view.title" names={{ name: title }} />
      </span>
      <Button size="xs" variant="default" onClick={() => model.core.declineView(sessionId)}>
        {t('share.view.notNow')}
      </Button>
      <Button size="xs" onClick={choose}>
        {t(hasCapture ? 'share.view.showCurrent' : 'share.view.choose')}
      </Button>
    </div>
  );
}
