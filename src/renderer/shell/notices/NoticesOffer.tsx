import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { arrivalsBetween } from '../../state/news/notifications';
import { askBrowser, isAskable, isLookedAt } from '../../state/news/notifySystem';

const ID = 'notices-offer';

/**
 * Offers the browser's notifications when the first would have been of use: something came while nobody looked, and the person
 * is back. A page may ask the browser from a click alone. Draws nothing.
 */
export function NoticesOffer(): null {
  const { t } = useTranslation();
  const model = useModel();
  useEffect(() => {
    let isMissed = false;
    const unsubscribe = model.store.subscribe((state, before) => {
      if (state.core === before.core || isLookedAt() || !isAskable(model)) return;
      isMissed ||= arrivalsBetween(before.core, state.core).length > 0;
    });
    const onBack = () => {
      if (!isMissed || !isLookedAt()) return;
      isMissed = false;
      show({
        title: t('transfers.notify.offerTitle'),
        yes: t('transfers.notify.turnOn'),
        no: t('transfers.notify.noThanks'),
        dismiss: t('app.dismiss'),
        onNo: () =>
          void model.attempt(() => model.core.backend.request('settings:update', { notifications: false })),
      });
    };
    window.addEventListener('focus', onBack);
    document.addEventListener('visibilitychange', onBack);
    return () => {
      unsubscribe();
      window.removeEventListener('focus', onBack);
      document.removeEventListener('visibilitychange', onBack);
    };
  }, [model, t]);
  return null;
}

interface Offer {
  title: string;
  yes: string;
  no: string;
  dismiss: string;
  onNo: () => void;
}

function show({ title, yes, no, dismiss, onNo }: Offer): void {
  const answer = (work: () => void) => () => {
    notifications.hide(ID);
    work();
  };
  notifications.show({
    id: ID,
    color: 'cobalt',
    autoClose: false,
    withBorder: true,
    closeButtonProps: { 'aria-label': dismiss },
    message: (
      <>
        <Text size="sm">{title}</Text>
        <Group gap="xs" mt={6}>
          <Button size="compact-sm" onClick={answer(() => void askBrowser())}>
            {yes}
          </Button>
          <Button size="compact-sm" variant="default" onClick={answer(onNo)}>
            {no}
          </Button>
        </Group>
      </>
    ),
  });
}
