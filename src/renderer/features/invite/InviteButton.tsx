import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';

/** Invites somebody who is not on this network. */
export function InviteButton() {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Button
      className="no-shrink"
      leftSection={<IconUserPlus size={18} stroke={1.7} aria-hidden />}
      onClick={() => model.open({ kind: 'invite', invite: null, end: null })}
    >
      {t('invites.open')}
    </Button>
  );
}
