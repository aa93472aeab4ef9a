import { CopyButton, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import type { TextView } from '../../state/views';
import { TipButton } from '../../ui/TipButton';
import { TextBody } from './TextBody';

/** One text: whose, when, what became of it, and the whole of it to copy. */
export const TextItem = memo(function TextItem({ text, peerName }: { text: TextView; peerName: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isMine = text.direction === 'out';
  return (
    <li className="text-item" data-direction={text.direction} data-testid="text">
      <div className="text-item-head">
        <Text size="xs" fw={600} component="span" truncate>
          <bdi>{isMine ? t('texts.fromMe') : peerName}</bdi>
        </Text>
        <Text size="xs" c={text.state === 'failed' ? 'var(--app-bad)' : 'dimmed'} component="span">
          {format.time(text.atMs, Date.now())}
          {isMine ? ` · ${t(`texts.state.${text.state}`)}` : null}
        </Text>
        <CopyButton value={text.text}>
          {({ copied, copy }) => (
            <TipButton
              label={t(copied ? 'texts.copied' : 'texts.copy')}
              size="sm"
              className="text-item-copy"
              onClick={copy}
            >
              {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            </TipButton>
          )}
        </CopyButton>
      </div>
      <TextBody text={text.text} peerName={isMine ? null : peerName} />
    </li>
  );
});
