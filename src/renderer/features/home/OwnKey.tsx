import { Stack, Text, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../state/AppModelContext';
import { KeyText } from '../../ui/device/KeyText';

/** The key by which other devices know this one, for whoever wants to check it; out of the way until then. */
export function OwnKey() {
  const { t } = useTranslation();
  const identityKey = useApp((state) => state.core.app?.identityKey);
  const [isShown, setIsShown] = useState(false);
  const id = useId();
  if (identityKey === undefined) return null;
  return (
    <Stack gap={6}>
      <UnstyledButton
        className="text-button"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setIsShown(!isShown)}
      >
        {t(isShown ? 'trust.key.hide' : 'trust.key.show')}
      </UnstyledButton>
      <div id={id} hidden={!isShown}>
        <Text size="xs" c="dimmed" mb={6}>
          {t('trust.key.ownHint')}
        </Text>
        <KeyText
          hex={identityKey}
          words={{ label: t('trust.key.title'), copy: t('trust.key.copy'), copied: t('app.copied') }}
        />
      </div>
    </Stack>
  );
}
