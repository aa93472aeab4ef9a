import { Button, Group, Text } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useModel } from '../../state/AppModelContext';
import { useSettings } from '../../state/selectors';
import { muteKeysOf } from '../../state/voice/muteKeys';

/** The keys that mute in front of every program: set by pressing them. Only where the app can have such keys. */
export function MuteKeyField() {
  const { t } = useTranslation();
  const model = useModel();
  const hasMuteKey = useApp((state) => state.core.app?.capabilities.hasMuteKey ?? false);
  const keys = useSettings()?.muteKey ?? null;
  const [isListening, setIsListening] = useState(false);
  if (!hasMuteKey) return null;
  const keep = (muteKey: string | null) =>
    void model.attempt(() => model.core.backend.request('settings:update', { muteKey }));
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isListening || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const pressed = muteKeysOf(event.nativeEvent);
    if (pressed !== null) keep(pressed);
    if (pressed !== null || event.key === 'Escape') setIsListening(false);
  };
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('voice.dialog.muteKey')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('voice.dialog.muteKeyHint', { example: 'Control+Shift+M' })}
      </Text>
      <Group gap={8}>
        <Button
          size="xs"
          variant="default"
          onClick={() => setIsListening(true)}
          onBlur={() => setIsListening(false)}
          onKeyDown={onKeyDown}
        >
          {isListening ? t('voice.dialog.muteKeySet') : (keys ?? t('voice.dialog.muteKeyNone'))}
        </Button>
        {keys === null ? null : (
          <Button size="xs" variant="subtle" onClick={() => keep(null)}>
            {t('voice.dialog.muteKeyClear')}
          </Button>
        )}
      </Group>
    </div>
  );
}
