import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApp } from '../state/AppModelContext';

/** Says that what a person dropped or picked is being read; a folder of tens of thousands of files takes a while. */
export function GatheringBar() {
  const { t } = useTranslation();
  const count = useApp((state) => state.foundCount);
  return (
    <div role="status" data-testid="gathering">
      {count === null ? null : (
        <div className="shell-gathering">
          <Loader size={16} color="currentColor" aria-hidden />
          {t('app.gathering')}
          {/* Screen readers would say each number. */}
          {count > 0 ? <span aria-hidden>{t('app.found', { count })}</span> : null}
        </div>
      )}
    </div>
  );
}
