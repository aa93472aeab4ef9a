import { Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { useNearby } from '../../state/selectors';
import { CheckButton } from '../../ui/CheckButton';
import { CopyLine } from '../../ui/fields/CopyLine';
import { Section } from '../../ui/Section';
import { OwnKey } from './OwnKey';

/** Addresses shown before "more" is asked for: one of each family fits nearly everybody. */
const SHOWN_ADDRESSES = 2;

/** What to tell somebody who does not find this device by themselves: its addresses, and the key to check it by. */
export function ReachMe() {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Section title={t('home.you.reach')} className="card">
      <Stack gap="sm">
        <OwnAddresses />
        <OwnKey />
        <CheckButton size="xs" onOpen={(check) => model.open(check)} />
      </Stack>
    </Section>
  );
}

function OwnAddresses() {
  const { t } = useTranslation();
  const addresses = useNearby()?.ownAddresses ?? [];
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? addresses : addresses.slice(0, SHOWN_ADDRESSES);
  const moreCount = addresses.length - SHOWN_ADDRESSES;
  return (
    <Stack gap={2}>
      <Text size="xs" c="dimmed">
        {t(addresses.length === 0 ? 'home.you.noAddress' : 'home.you.addresses')}
      </Text>
      {shown.map((address) => (
        <CopyLine
          key={address}
          text={address}
          copyLabel={t('app.copy', { text: address })}
          copiedLabel={t('app.copied')}
        />
      ))}
      {moreCount > 0 ? (
        <UnstyledButton className="text-button" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? t('home.you.fewer') : t('home.you.more', { count: moreCount })}
        </UnstyledButton>
      ) : null}
    </Stack>
  );
}
