import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useFormat } from '../../i18n/useFormat';
import { useApp, useModel } from '../../state/AppModelContext';
import { type ShownRecording, useOwnRecording, useTheirRecordings } from '../../state/recordings';
import { useOwnHeight } from '../../ui/useOwnHeight';
import { clockText } from './clockText';
import './Recording.css';

/** The red mark: says in every view who records, for as long as somebody does, and stops it. */
export function RecordingBars() {
  const bars = useRef<HTMLDivElement>(null);
  const own = useOwnRecording();
  const theirs = useTheirRecordings();
  const isShown = own !== null || theirs.length > 0;
  useOwnHeight(bars, '--recording-bar-height', isShown);
  if (!isShown) return null;
  return (
    <div ref={bars} className="recording-bars">
      {own ? <OwnBar key={own.recordingId} own={own} /> : null}
      {theirs.map((shown) => (
        <TheirBar key={shown.recording.recordingId} {...shown} />
      ))}
    </div>
  );
}

function OwnBar({ own }: { own: NonNullable<ReturnType<typeof useOwnRecording>> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const names = format.list(own.names.split('\n'));
  const { phase, startedMs } = own;
  const words = {
    asking: t('recording.bar.asking', { names }),
    allowed: t('recording.bar.beginning'),
    running: t('recording.bar.own', { names }),
    stopping: t('recording.bar.saving'),
  };
  const isAsking = phase === 'asking';
  return (
    <Bar words={words[phase]} isQuiet={isAsking} figures={<OwnFigures startedMs={startedMs} />}>
      {phase === 'stopping' ? null : (
        <Button {...look(isAsking)} onClick={() => model.core.recording.stop()}>
          {t(isAsking ? 'recording.bar.takeBack' : 'recording.bar.stop')}
        </Button>
      )}
    </Bar>
  );
}

function TheirBar({ recording, session }: ShownRecording) {
  const { t } = useTranslation();
  const model = useModel();
  const { recordingId, sessionId, startedMs } = recording;
  const stop = () =>
    void model.attempt(() => model.core.backend.request('recordings:withdraw', { sessionId, recordingId }));
  return (
    <Bar
      words={<Sentence k="recording.bar.theirs" names={{ name: session.title }} />}
      figures={<Elapsed sinceMs={startedMs} />}
    >
      <Button {...look(false)} onClick={stop}>
        {t('recording.bar.stop')}
      </Button>
    </Bar>
  );
}

function Bar(props: { words: ReactNode; isQuiet?: boolean; figures: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div
      className="recording-bar"
      role="region"
      aria-label={t('recording.bar.region')}
      data-quiet={props.isQuiet || undefined}
    >
      <span className="recording-dot" aria-hidden />
      <span className="recording-words">{props.words}</span>
      {props.figures}
      {props.children}
    </div>
  );
}

/** How long and how large; a component of its own, as it is drawn every second. */
function OwnFigures({ startedMs }: { startedMs: number | null }) {
  const format = useFormat();
  const sizeBytes = useApp(({ core }) => core.recordings.own?.sizeBytes ?? 0);
  return (
    <>
      <Elapsed sinceMs={startedMs} />
      {sizeBytes > 0 ? (
        <span className="numbers" data-testid="recording-size">
          {format.bytes(sizeBytes)}
        </span>
      ) : null}
    </>
  );
}

function Elapsed({ sinceMs }: { sinceMs: number | null }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (sinceMs === null) return null;
  return (
    <span className="numbers" data-testid="recording-time">
      {clockText((nowMs - sinceMs) / 1_000)}
    </span>
  );
}

const look = (isQuiet: boolean) =>
  ({ size: 'xs', variant: 'white', color: isQuiet ? 'dark' : 'red.9', className: 'no-shrink' }) as const;
