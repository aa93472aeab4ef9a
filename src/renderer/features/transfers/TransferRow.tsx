import { Button, Group, Progress, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconFolderOpen, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TransferView } from '../../../shared/contract/transfers';
import { Sentence } from '../../i18n/Sentence';
import { useFormat } from '../../i18n/useFormat';
import { useApp, useModel } from '../../state/AppModelContext';
import { isOver, useTransfer } from '../../state/selectors';
import { Name } from '../../ui/Name';
import { TipButton } from '../../ui/TipButton';
import { TransferFailure } from './TransferFailure';
import { fractionOf, phaseKey, progressWords, transferTitle } from './transferWords';

/** One transfer: what, with whom, how far. */
export function TransferRow({ transferId }: { transferId: string }) {
  const { t } = useTranslation();
  const transfer = useTransfer(transferId);
  if (!transfer) return null;
  const isSend = transfer.direction === 'send';
  const title = transferTitle(t, transfer);
  return (
    <li className="transfer-row" data-testid="transfer" data-phase={transfer.phase}>
      <span className="transfer-row-direction" data-direction={transfer.direction}>
        {isSend ? <IconArrowUp size={17} aria-hidden /> : <IconArrowDown size={17} aria-hidden />}
      </span>
      <div className="grow">
        <Name fw={600}>{title}</Name>
        <Text size="xs" c="dimmed" truncate title={transfer.peerName}>
          <Sentence k={isSend ? 'transfers.send' : 'transfers.receive'} names={{ name: transfer.peerName }} />
        </Text>
        <Status transfer={transfer} title={title} />
      </div>
      <Actions transfer={transfer} title={title} />
    </li>
  );
}

function Status({ transfer, title }: { transfer: TransferView; title: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isMoving = transfer.phase === 'active' || transfer.phase === 'waiting';
  if (isMoving) {
    const percent = Math.floor(fractionOf(transfer) * 100);
    return (
      <>
        <Progress
          value={percent}
          size="sm"
          mt={6}
          color={transfer.phase === 'waiting' ? 'gray' : 'cobalt'}
          aria-label={t('transfers.progressLabel', { name: title })}
        />
        <Text size="xs" mt={4} className="numbers">
          {progressWords(t, format, transfer)}
        </Text>
        {transfer.phase === 'waiting' ? (
          <Text size="xs" c="var(--app-warn)">
            {t('transfers.phase.waiting')}
          </Text>
        ) : null}
      </>
    );
  }
  if (transfer.failure) return <TransferFailure failure={transfer.failure} />;
  const values = { size: format.bytes(transfer.totalBytes) };
  return (
    <Text size="xs" mt={2} c={transfer.phase === 'done' ? 'var(--app-good)' : 'dimmed'}>
      <Sentence k={phaseKey(transfer)} names={{ name: transfer.peerName }} values={values} />
      {transfer.phase === 'done' && transfer.dir !== null ? <SavedIn dir={transfer.dir} /> : null}
    </Text>
  );
}

function SavedIn({ dir }: { dir: string }) {
  return (
    <Text component="span" display="block" inherit c="dimmed" truncate title={dir}>
      <Sentence k="transfers.savedIn" names={{ dir }} />
    </Text>
  );
}

function Actions({ transfer, title }: { transfer: TransferView; title: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const canReveal = useApp((state) => state.core.app?.capabilities.canReveal ?? false);
  const { transferId } = transfer;
  const request = (name: 'transfers:cancel' | 'transfers:reveal') =>
    void model.attempt(() => model.core.backend.request(name, { transferId }));
  if (transfer.phase === 'incoming') {
    return (
      <Button size="compact-sm" onClick={() => model.bringBack(transferId)}>
        {t('transfers.review')}
      </Button>
    );
  }
  return (
    <Group gap={2} wrap="nowrap">
      {canReveal && transfer.canReveal ? (
        <TipButton label={t('transfers.reveal')} size="md" onClick={() => request('transfers:reveal')}>
          <IconFolderOpen size={18} />
        </TipButton>
      ) : null}
      {isOver(transfer) ? null : (
        <TipButton
          label={t('transfers.cancel', { name: title })}
          size="md"
          onClick={() => request('transfers:cancel')}
        >
          <IconX size={17} />
        </TipButton>
      )}
    </Group>
  );
}
