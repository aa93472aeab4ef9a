import { Progress, Text, Tooltip } from '@mantine/core';
import { IconAccessPoint, IconArrowBarToUp, IconNetwork } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LaneKind, TransferView } from '../../../shared/contract/transfers';
import { Sentence } from '../../i18n/Sentence';
import { useFormat } from '../../i18n/useFormat';
import { TransferFailure } from './TransferFailure';
import { fractionOf, phaseKey, progressWords } from './transferWords';

/** How a transfer stands: how far and how fast while it goes on, how it ended after that. */
export function TransferStatus({ transfer, title }: { transfer: TransferView; title: string }) {
  const { phase } = transfer;
  if (phase === 'active' || phase === 'waiting' || phase === 'paused')
    return <Going transfer={transfer} title={title} />;
  // A person's "no" needs no explanation; an offer that was refused for what is in it does.
  if (transfer.failure && transfer.failure.code !== 'declined')
    return <TransferFailure failure={transfer.failure} />;
  return <Ended transfer={transfer} />;
}

function Going({ transfer, title }: { transfer: TransferView; title: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { phase, peerName, failure } = transfer;
  const percent = Math.floor(fractionOf(transfer) * 100);
  return (
    <>
      <Progress
        value={percent}
        // Drawn once for each update: gliding from one to the next took a tenth of all the processor that a transfer needs.
        transitionDuration={0}
        size="sm"
        mt={6}
        mr={6}
        color={phase === 'active' ? 'cobalt' : 'gray'}
        aria-label={t('transfers.progressLabel', { name: title })}
      />
      <Text size="xs" mt={4} className="numbers">
        {progressWords(t, format, transfer)}
      </Text>
      {phase === 'active' ? (
        <Marks transfer={transfer} />
      ) : (
        <Text size="xs" mt={2} c="var(--app-warn)">
          <Sentence k={phaseKey(transfer)} names={{ name: peerName }} />
        </Text>
      )}
      {failure && failure.code !== 'disk-full' ? <TransferFailure failure={failure} /> : null}
    </>
  );
}

function Marks({ transfer }: { transfer: TransferView }) {
  const { t } = useTranslation();
  const { laneKinds, isFirst } = transfer;
  if (laneKinds.length === 0 && !isFirst) return null;
  return (
    <div className="transfer-row-marks">
      {laneKinds.map((kind) => (
        <LaneMark key={kind} kind={kind} />
      ))}
      {isFirst ? (
        <span className="transfer-row-mark">
          <IconArrowBarToUp size={14} aria-hidden />
          {t('transfers.first')}
        </span>
      ) : null}
    </div>
  );
}

function LaneMark({ kind }: { kind: LaneKind }) {
  const { t } = useTranslation();
  const Icon = kind === 'lan' ? IconNetwork : IconAccessPoint;
  return (
    <Tooltip
      label={t(`transfers.lane.${kind}Tip`)}
      multiline
      maw={260}
      withArrow
      events={{ hover: true, focus: true, touch: true }}
    >
      <span className="transfer-row-mark" tabIndex={0} data-lane={kind}>
        <Icon size={14} aria-hidden />
        {t(`transfers.lane.${kind}`)}
      </span>
    </Tooltip>
  );
}

function Ended({ transfer }: { transfer: TransferView }) {
  const format = useFormat();
  const { phase, peerName, totalBytes, dir } = transfer;
  return (
    <Text size="xs" mt={2} c={phase === 'done' ? 'var(--app-good)' : 'dimmed'}>
      <Sentence
        k={phaseKey(transfer)}
        names={{ name: peerName }}
        values={{ size: format.bytes(totalBytes) }}
      />
      {phase === 'done' && dir !== null ? (
        <Text component="span" display="block" inherit c="dimmed" truncate title={dir}>
          <Sentence k="transfers.savedIn" names={{ dir }} />
        </Text>
      ) : null}
    </Text>
  );
}
