import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndedRecording } from '../../../shared/contract/recordings';
import { Sentence } from '../../i18n/Sentence';
import { useFormat } from '../../i18n/useFormat';
import { failureWords } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';
import { clockText } from './clockText';

/** How an answer is told of, in ms; what was kept stays in sight until its person has seen it. */
const SHOWN_MS = 12_000;

const TITLES = {
  stopped: 'stopped',
  declined: 'declined',
  'nobody-there': 'nobodyThere',
  'no-answer': 'noAnswer',
  'too-often': 'tooOften',
  withdrawn: 'withdrawn',
  'session-ended': 'sessionEnded',
  'page-gone': 'pageGone',
  failed: 'failed',
} as const satisfies Record<EndedRecording['reason'], string>;

/** Says how this device's last recording ended, and where it is. Draws nothing by itself. */
export function RecordingEnded(): null {
  const { t } = useTranslation();
  const model = useModel();
  const ended = useApp(({ core }) => core.recordings.ended);
  useEffect(() => {
    if (!ended) return;
    const { recordingId, reason, peerName, file } = ended;
    const id = `recording-${recordingId}`;
    const isGood = reason === 'stopped';
    notifications.show({
      id,
      title: <Sentence k={`recording.ended.${TITLES[reason]}`} names={{ name: peerName ?? '' }} />,
      color: isGood ? 'green' : reason === 'failed' ? 'red' : 'gray',
      autoClose: file ? false : SHOWN_MS,
      withBorder: true,
      closeButtonProps: { 'aria-label': t('app.dismiss') },
      onClose: () =>
        void model.core.backend.request('recordings:dismiss', { recordingId }).catch(() => undefined),
      message: <Kept ended={ended} />,
    });
  }, [ended, model, t]);
  return null;
}

/** What is kept, and the way there. */
function Kept({ ended: { recordingId, reason, file, failure } }: { ended: EndedRecording }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const canReveal = useApp(({ core }) => core.app?.capabilities.canReveal ?? false);
  const why = failure ? failureWords(t, format, failure) : null;
  return (
    <div className="wrap-anywhere">
      {why ? <div>{`${why.title}.`}</div> : null}
      {why && failure?.code !== 'disk-full' ? <div>{why.help}</div> : null}
      {file ? (
        <>
          <div>
            <bdi>{file.name}</bdi>, {clockText(file.durationMs / 1_000)}, {format.bytes(file.sizeBytes)}
          </div>
          {canReveal ? (
            <Button
              {...{ size: 'compact-sm', variant: 'light', mt: 6 }}
              onClick={() =>
                void model.attempt(() => model.core.backend.request('recordings:reveal', { recordingId }))
              }
            >
              {t('recording.ended.show')}
            </Button>
          ) : (
            <Sentence k="recording.ended.keptIn" names={{ dir: file.dir }} />
          )}
        </>
      ) : (
        nothingWords(t, reason)
      )}
    </div>
  );
}

function nothingWords(t: TFunction, reason: EndedRecording['reason']): string {
  return t(reason === 'too-often' ? 'recording.ended.tooOftenHelp' : 'recording.ended.nothing');
}
