import { Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Invite } from '../../../shared/contract/invites';
import { useFormat } from '../../i18n/useFormat';
import { failureWords } from '../../i18n/words';

/** Whether somebody can come, who has come, and what keeps others from it. */
export function InviteStanding({ invite: { trouble, guests } }: { invite: Invite }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = trouble && failureWords(t, format, trouble);
  return (
    <div role="status" className="invite-standing">
      {words ? (
        <Text size="sm" c="var(--app-bad)">
          {trouble.code === 'mailbox-crowded'
            ? t('invites.crowded')
            : `${words.title}. ${t('invites.trouble')}`}
        </Text>
      ) : (
        <Text size="sm" className="invite-waiting">
          <Loader type="dots" size={18} aria-hidden /> {t('invites.waiting')}
        </Text>
      )}
      {guests.length > 0 ? (
        <Text size="sm" className="wrap-anywhere">
          {t('invites.came', { names: format.list(guests) })}
        </Text>
      ) : null}
    </div>
  );
}
