import { Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useFormat } from '../../i18n/useFormat';
import { glassToGlassMs, type SessionStats, type StreamStats } from '../../state/views';
import { LineChart } from '../../ui/LineChart';
import { Figure } from './Figure';

/** What the charts go back to, in ms. */
const SPAN_MS = 60_000;
/** Less than these fills no chart: ten pictures a second, and 100 kbit/s. */
const LEAST_RATE = 10;
const LEAST_BITS = 100_000;

interface StreamSectionProps {
  history: readonly SessionStats[];
  direction: 'incoming' | 'outgoing';
  /** Whose screen comes. */
  name: string;
}

/** One screen in one direction: its figures, and two small charts. */
export function StreamSection({ history, direction, name }: StreamSectionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const titleId = useId();
  const last = history.at(-1);
  const stream = last?.[direction];
  if (!last || !stream) return null;
  const chart = (read: (stream: StreamStats) => number | null) =>
    history.map(({ atMs, ...each }) => ({ atMs, value: each[direction] ? read(each[direction]) : null }));
  return (
    <section aria-labelledby={titleId} data-testid={`stats-${direction}`}>
      <Text component="h3" id={titleId} fw={650} m={0} className="wrap-anywhere">
        {direction === 'outgoing' ? t('stats.outgoing') : <Sentence k="stats.incoming" names={{ name }} />}
      </Text>
      <StreamFigures stream={stream} delayMs={glassToGlassMs(last, direction)} direction={direction} />
      <div className="stats-charts">
        <Measured
          label={t('stats.frameRate')}
          points={chart(({ framesPerSecond }) => framesPerSecond)}
          leastEnd={LEAST_RATE}
          format={(value) => format.count(Math.round(value))}
        />
        <Measured
          label={t('stats.bitrate')}
          points={chart(({ bitsPerSecond }) => bitsPerSecond)}
          leastEnd={LEAST_BITS}
          format={(value) => format.bitrate(value)}
        />
      </div>
    </section>
  );
}

interface StreamFiguresProps {
  stream: StreamStats;
  delayMs: number | null;
  direction: 'incoming' | 'outgoing';
}

function StreamFigures({ stream, delayMs, direction }: StreamFiguresProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { widthPx, heightPx, codec, coder, isHardware, lostFraction, jitterMs, freezes } = stream;
  const ms = (value: number | null) => (value === null ? null : format.milliseconds(value));
  const by = isHardware === true ? 'stats.coder.hardware' : 'stats.coder.software';
  return (
    <dl className="stats-figures">
      <Figure
        label={t('stats.resolution')}
        value={widthPx === null || heightPx === null ? null : `${widthPx} × ${heightPx}`}
      />
      <Figure
        label={t('stats.codec')}
        value={codec !== null && coder !== null ? t(by, { codec, coder }) : codec}
      />
      <Figure
        label={t('stats.lost')}
        value={lostFraction === null ? null : format.finePercent(lostFraction)}
      />
      <Figure label={t('stats.jitter')} value={ms(jitterMs)} />
      <Figure
        label={t(direction === 'outgoing' ? 'stats.encoding' : 'stats.decoding')}
        value={ms(stream.processingMs)}
      />
      <Figure label={t('stats.freezes')} value={freezes === null ? null : format.count(freezes)} />
      <Figure label={t('stats.delay')} value={ms(delayMs)} />
    </dl>
  );
}

interface MeasuredProps {
  label: string;
  points: readonly { atMs: number; value: number | null }[];
  leastEnd: number;
  format: (value: number) => string;
}

function Measured({ label, points, leastEnd, format }: MeasuredProps) {
  const { t } = useTranslation();
  const now = points.at(-1)?.value ?? null;
  const known = points.flatMap(({ value }) => value ?? []);
  const range = {
    label,
    now: now === null ? '–' : format(now),
    least: format(Math.min(...known)),
    most: format(Math.max(...known)),
  };
  return (
    <div>
      <Text size="sm" className="stats-chart-title">
        <span>{label}</span> <span className="numbers">{now === null ? '–' : format(now)}</span>
      </Text>
      <LineChart
        label={known.length === 0 ? t('stats.chart.empty', { label }) : t('stats.chart.range', range)}
        points={points}
        spanMs={SPAN_MS}
        leastEnd={leastEnd}
        format={format}
        ends={[t('stats.chart.ago'), t('stats.chart.now')]}
      />
    </div>
  );
}
