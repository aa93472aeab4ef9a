import './LineChart.css';
import { axisEnd, type LinePoint, linePath } from './lineParts';

/** The size of its own coordinates; the page stretches them. */
const WIDTH = 600;
const HEIGHT = 80;

interface LineChartProps {
  /** What a screen reader says in place of the picture. */
  label: string;
  points: readonly LinePoint[];
  /** What the width stands for, in ms; it ends with the last point. */
  spanMs: number;
  /** The least that the height stands for. */
  leastEnd: number;
  format: (value: number) => string;
  /** Words below its two ends. */
  ends: readonly [string, string];
}

/** A small live chart. It is drawn anew with each point and moves by itself no more than that. */
export function LineChart({ label, points, spanMs, leastEnd, format, ends }: LineChartProps) {
  const end = axisEnd(Math.max(0, ...points.map(({ value }) => value ?? 0)), leastEnd);
  return (
    <figure className="line-chart" role="img" aria-label={label}>
      <div className="line-chart-scale" aria-hidden>
        <span>{format(end)}</span>
        <span>{format(0)}</span>
      </div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden focusable="false">
        <path className="line-chart-grid" d={`M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}`} />
        <path
          className="line-chart-line"
          d={linePath(points, { width: WIDTH, height: HEIGHT, spanMs, end })}
        />
      </svg>
      <div className="line-chart-ends" aria-hidden>
        {ends.map((each) => (
          <span key={each}>{each}</span>
        ))}
      </div>
    </figure>
  );
}
