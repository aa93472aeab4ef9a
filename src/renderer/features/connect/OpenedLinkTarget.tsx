import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isPlainRelay, relayName } from '../../../shared/protocol/relayUrl';
import { Sentence } from '../../i18n/Sentence';
import { useSettings } from '../../state/selectors';

/** Where a yes leads, and what others learn by it. */
export function OpenedLinkTarget({ relayUrl }: { relayUrl: string }) {
  const { t } = useTranslation();
  const ownName = useSettings()?.name ?? '';
  return (
    <Stack gap="sm">
      <Text className="wrap-anywhere">
        <Sentence k="invites.opened.relay" names={{ relay: relayName(relayUrl) }} />
      </Text>
      {isPlainRelay(relayUrl) ? (
        <Text size="sm" c="var(--app-warn)">
          {t('settings.beyond.plain')}
        </Text>
      ) : null}
      <Text className="wrap-anywhere">
        <Sentence k="invites.opened.means" names={{ name: ownName }} />
      </Text>
    </Stack>
  );
}
