import { Button } from '@mantine/core';
import { IconBroadcast } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useApp, useModel } from '../../state/AppModelContext';
import './SharingBar.css';

/** Says in every view that this screen is on its way to somebody, one line for each session that has it. */
export function SharingBars() {
  const { t } = useTranslation();
  const model = useModel();
  const sessions = useApp((state) => state.core.sessions);
  return sessions.map(({ sessionId, title, localShare }) =>
    localShare ? (
      <div key={sessionId} className="sharing-bar" role="region" aria-label={t('share.region')}>
        <IconBroadcast size={19} aria-hidden className="no-shrink" />
        <span className="sharing-bar-words">
          {localShare.label === '' ? (
            <Sentence k="share.sharingUnnamed" names={{ name: title }} />
          ) : (
            <Sentence k="share.sharing" names={{ name: title, label: localShare.label }} />
          )}
        </span>
        <Button size="xs" variant="white" color="ember" onClick={() => model.core.stopSharing(sessionId)}>
          {t('share.stop')}
        </Button>
      </div>
    ) : null,
  );
}
