import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fitsInMessage } from '../../../shared/protocol/text';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import { itemOfText } from '../../state/localItems';

/** Writes a text to a device that no session is open with: Ctrl+Enter sends it. */
export function TextDialog(props: { deviceId: string; name: string; onClose: () => void }) {
  const { deviceId, name, onClose } = props;
  const { t } = useTranslation();
  const model = useModel();
  const [text, setText] = useState('');
  const isEmpty = text.trim() === '';
  const isTooLong = !isEmpty && !fitsInMessage(text);
  const send = () => {
    if (isEmpty) return;
    const items = isTooLong ? [itemOfText(text, t('transfers.card.text'))] : null;
    model.sendTo(deviceId, name, items ? { kind: 'files', items } : { kind: 'text', text });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<Sentence k="texts.label" names={{ name }} />}
      centered
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Textarea
          data-autofocus
          autosize
          minRows={3}
          maxRows={8}
          aria-label={t('texts.label', { name })}
          placeholder={t('texts.placeholder')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          }}
        />
        {isTooLong ? (
          <Text size="xs" c="dimmed" role="status" mt={4}>
            {t('texts.asFile')}
          </Text>
        ) : null}
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={isEmpty}>
            {t('texts.send')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
