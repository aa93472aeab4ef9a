import { Alert } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { factWords } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';

/** What the backend wants known, until it is dismissed. */
export function Notices() {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const notices = useApp((state) => state.core.notices);
  return (
    <div className="shell-notices">
      {notices.map(({ noticeId, code, facts }) => (
        <Alert
          key={noticeId}
          color="yellow"
          variant="light"
          className="shell-notice"
          icon={<IconInfoCircle aria-hidden />}
          title={t(`notices.${code}.title`)}
          withCloseButton
          closeButtonLabel={t('app.dismiss')}
          onClose={() =>
            void model.attempt(() => model.core.backend.request('app:dismissNotice', { noticeId }))
          }
        >
          {t(`notices.${code}.help`)}
          {factWords(t, format, facts).map(({ label, value }) => (
            <div key={label} className="wrap-anywhere">
              {label}: <bdi>{value}</bdi>
            </div>
          ))}
        </Alert>
      ))}
    </div>
  );
}
