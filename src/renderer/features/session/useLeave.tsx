import { Button, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import { movingCount } from '../../state/selectors';
import type { SessionView } from '../../state/views';

/**
 * Leaves a session, takes a request back, or puts an ended session away; while files move it asks first. `question` has to be
 * drawn somewhere.
 */
export function useLeave(session: SessionView): { leave: () => void; question: ReactNode } {
  const { t } = useTranslation();
  const model = useModel();
  const [filesCount, setFilesCount] = useState(0);
  const { sessionId, state, title } = session;
  const stay = () => setFilesCount(0);
  const leave = () => {
    const count = movingCount(model.store.getState(), sessionId);
    if (state.phase === 'ended') model.core.dismiss(sessionId);
    else if (count > 0) setFilesCount(count);
    else model.core.leave(sessionId);
  };
  return {
    leave,
    question: (
      <Modal
        opened={filesCount > 0}
        onClose={stay}
        centered
        size={420}
        title={<Sentence k="session.leaving.title" names={{ name: title }} />}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Text>{t('session.leaving.help', { count: filesCount })}</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={stay} data-autofocus>
            {t('session.leaving.stay')}
          </Button>
          <Button
            color="red.9"
            onClick={() => {
              stay();
              model.core.leave(sessionId);
            }}
          >
            {t('session.leave')}
          </Button>
        </Group>
      </Modal>
    ),
  };
}
