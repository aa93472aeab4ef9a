import { Text, Tooltip } from '@mantine/core';
import { IconAccessPoint, IconArrowBarToUp, IconNetwork } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LaneKind } from '../../../shared/contract/transfers';
import { Sentence } from '../../i18n/Sentence';
import { useFormat } from '../../i18n/useFormat';
import { pathWords } from '../../i18n/words';
import { useApp } from '../../state/AppModelContext';
import type { StillTransfer } from '../../state/selectors';
import { TransferFailure } from './TransferFailure';
import { isUnderWay, PASSING_FAILURES, phaseKey } from './transferWords';

/** How a transfer stands: what carries it or holds it while it goes on, how it ended after that. */
export function TransferStatus({ transfer }: { transfer: StillTransfer }) {
  if (isUnderWay(transfer)) return <Going transfer={transfer} />;
  // A person's "no" needs no explanation; an offer that was refused for what is in it does.
  if (transfer.failure && transfer.failure.code !== 'declined')
    return <TransferFailure failure={transfer.failure} />;
  return <Ended transfer={transfer} />;
}

function Going({ transfer }: { transfer: StillTransfer }) {
  const { phase, peerName, failure } = transfer;
  return (
    <>
      {phase === 'active' ? (
        <Marks transfer={transfer} />
      ) : (
        <Text size="xs" mt={2} c="var(--app-warn)">
          <Sentence k={phaseKey(transfer)} names={{ name: peerName }} />
        </Text>
      )}
      {failure && !PASSING_FAILURES.includes(failure.code) ? <TransferFailure failure={failure} /> : null}
    </>
  );
}

function Marks({ transfer }: { transfer: StillTransfer }) {
  const { t } = useTranslation();
  const { laneKinds, isFirst } = transfer;
  if (laneKinds.length === 0 && !isFirst) return null;
  return (
    <div className="transfer-row-marks">
      {laneKinds.map((kind) => (
        <LaneMark key={kind} kind={kind} sessionId={transfer.sessionId} />
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

/** Which way the bytes go: those of a data channel go the session's. */
function LaneMark({ kind, sessionId }: { kind: LaneKind; sessionId: string }) {
  const { t } = useTranslation();
  const session = useApp(({ core }) => core.sessions.find((each) => each.sessionId === sessionId));
  const path = kind === 'data-channel' ? session?.path : null;
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
        {path ? pathWords(t, path).short : t(`transfers.lane.${kind}`)}
      </span>
    </Tooltip>
  );
}

function Ended({ transfer }: { transfer: StillTransfer }) {
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
