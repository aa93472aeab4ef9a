import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import type { LinkExam } from '../../state/views';
import { LineChart } from '../../ui/LineChart';
import type { LinePoint } from '../../ui/lineParts';

/** What the charts go back to, in ms: as far as the core keeps samples. */
const SPAN_MS = 60_000;
/** Less than this fills no chart: a round trip of a millisecond, and a loss of one packet in twenty. */
const LEAST_MS = 1;
const LEAST_LOST = 0.05;

/** The path's round trip and its loss over the last minute; what isn't measured is said to be so. */
export function LinkCharts({ exam: { checks, samples } }: { exam: LinkExam }) {
  const { t } = useTranslation();
  const format = useFormat();
  const points = (read: (sample: LinkExam['samples'][number]) => number | null): LinePoint[] =>
    samples.map((sample) => ({ atMs: sample.atMs, value: read(sample) }));
  const lost = points(({ lostFraction }) => lostFraction);
  const isLostKnown = lost.some(({ value }) => value !== null);
  return (
    <>
      <Measured
        label={t('linkCheck.roundTrip')}
        points={points(({ roundTripMs }) => roundTripMs)}
        leastEnd={LEAST_MS}
        format={(value) => format.milliseconds(value)}
      />
      {isLostKnown ? (
        <Measured
          label={t('linkCheck.lost')}
          points={lost}
          leastEnd={LEAST_LOST}
          format={(value) => format.finePercent(value)}
        />
      ) : (
        <Row label={t('linkCheck.lost')} value={t('linkCheck.lostUnknown')} />
      )}
      {checks === null ? null : (
        <Row label={t('linkCheck.checks')} value={t('linkCheck.checksAnswered', checks)} />
      )}
    </>
  );
}

interface MeasuredProps {
  label: string;
  points: readonly LinePoint[];
  leastEnd: number;
  format: (value: number) => string;
}

function Measured({ label, points, leastEnd, format }: MeasuredProps) {
  const { t } = useTranslation();
  const now = points.at(-1)?.value ?? null;
  const known = points.flatMap(({ value }) => value ?? []);
  const said = now === null ? t('linkCheck.notMeasured') : format(now);
  const range = {
    ...{ label, now: said },
    least: format(Math.min(...known)),
    most: format(Math.max(...known)),
  };
  return (
    <div>
      <Row label={label} value={said} />
      <LineChart
        label={known.length === 0 ? t('linkCheck.chart.empty', { label }) : t('linkCheck.chart.range', range)}
        points={points}
        spanMs={SPAN_MS}
        leastEnd={leastEnd}
        format={format}
        ends={[t('linkCheck.chart.ago'), t('linkCheck.chart.now')]}
      />
    </div>
  );
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <Text className="link-figure">
      <span>{label}</span> <span className="link-figure-value">{value}</span>
    </Text>
  );
}
