import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import { useSession } from '../../state/selectors';
import type { SessionView } from '../../state/views';

/** What stands in place of a code that people compare now; the catalogue has words for each. */
function proofOf({ direction, security }: SessionView): 'code' | 'guest' | 'host' | 'spoken-code' {
  const proof = security?.proof ?? 'code';
  if (proof !== 'invite') return proof;
  return direction === 'incoming' ? 'host' : 'guest';
}

/** Asks whether a device is to be trusted that a session is with, and says what that means; it goes by itself once it is. */
export function TrustDialog({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const session = useSession(sessionId);
  if (!session) return null;
  const close = () => model.open({ kind: 'none' });
  const trust = () => void model.attempt(() => model.core.backend.request('sessions:trust', { sessionId }));
  return (
    <Modal
      opened
      onClose={close}
      centered
      size={460}
      title={<Sentence k="trust.give.title" names={{ name: session.title }} />}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="sm">
        <Text size="sm">{t(`trust.give.why.${proofOf(session)}`)}</Text>
        <Text size="sm">{t('trust.give.means')}</Text>
        <Text size="sm" c="dimmed">
          {t('trust.give.both')}
        </Text>
      </Stack>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={close}>
          {t('app.cancel')}
        </Button>
        <Button onClick={trust} data-autofocus>
          {t('trust.give.action')}
        </Button>
      </Group>
    </Modal>
  );
}
