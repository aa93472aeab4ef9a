import { describe, expect, it } from 'vitest';
import { LinkSamples } from '../../../../../src/renderer/core/doctor/LinkSamples';
import { type MadeUpStats, pairStats, statsReport, transportOf } from '../../../../support/statsReport';

/** A report of a path with so many checks asked and answered, in so many seconds altogether. */
const path = (asked: number, answered: number, totalS: number, currentS: number, more: MadeUpStats[] = []) =>
  statsReport(
    transportOf('a'),
    ...pairStats('a', {
      ...{ state: 'succeeded', requestsSent: asked, responsesReceived: answered },
      ...{ totalRoundTripTime: totalS, currentRoundTripTime: currentS },
    }),
    ...more,
  );

/** Samples of these reports, a second apart. */
function sampled(...reports: readonly (RTCStatsReport | null)[]): LinkSamples {
  const samples = new LinkSamples();
  reports.forEach((report, second) => samples.note(report, second * 1000));
  return samples;
}

const roundTrips = (samples: LinkSamples) => samples.all.map(({ roundTripMs }) => roundTripMs);
const losses = (samples: LinkSamples) => samples.all.map(({ lostFraction }) => lostFraction);

describe('the round trip', () => {
  it('is that of the checks since the last sample, or of the last check', () => {
    const samples = sampled(
      path(5, 5, 1, 0.02),
      path(5, 5, 1, 0.02),
      path(7, 7, 1.08, 0.05),
      path(7, 7, 1.08, 0.05),
    );
    expect(roundTrips(samples).map((each) => each?.toFixed(1))).toEqual(['20.0', '20.0', '40.0', '50.0']);
  });

  it('is unknown where no link is up, and where nothing was answered for six seconds', () => {
    const dead = path(9, 5, 1, 0.02);
    const samples = sampled(null, ...Array.from({ length: 8 }, () => dead));
    expect(roundTrips(samples)).toEqual([null, 20, 20, 20, 20, 20, 20, 20, null]);
  });

  it('is told by a browser that counts no checks, and not by one that measures none', () => {
    const firefox = (more: object) =>
      statsReport(...pairStats('a', { state: 'succeeded', selected: true, nominated: true, ...more }));
    const samples = sampled(...Array.from({ length: 9 }, () => firefox({ currentRoundTripTime: 0.003 })));
    expect(roundTrips(samples).at(-1)).toBe(3);
    expect(samples.checks).toBeNull();
    expect(roundTrips(sampled(firefox({})))).toEqual([null]);
  });

  it('goes a minute back', () => {
    const samples = sampled(...Array.from({ length: 90 }, () => path(1, 1, 1, 0.02)));
    expect(samples.all).toHaveLength(61);
    expect(samples.all[0]?.atMs).toBe(29_000);
  });
});

describe('checks', () => {
  it('count once there was time to answer them', () => {
    const samples = sampled(path(10, 10, 1, 0), path(11, 11, 1, 0), path(14, 11, 1, 0), path(15, 12, 1, 0));
    expect(samples.checks).toEqual({ asked: 4, answered: 2 });
  });

  it('are those of the path in use alone', () => {
    const other = statsReport(
      transportOf('b'),
      ...pairStats('b', { state: 'succeeded', requestsSent: 3, responsesReceived: 3 }),
    );
    const before = [path(10, 1, 1, 0), path(11, 1, 1, 0), path(12, 1, 1, 0)];
    expect(sampled(...before, other).checks).toBeNull();
    expect(sampled(...before, other, other, other).checks).toEqual({ asked: 0, answered: 0 });
  });
});

describe('the loss', () => {
  const media = (lost: number, came: number, told: number | null, atMs = 50_000): MadeUpStats[] => [
    { id: 'I', type: 'inbound-rtp', timestamp: 50_000, packetsLost: lost, packetsReceived: came },
    ...(told === null ? [] : [{ id: 'O', type: 'remote-inbound-rtp', timestamp: atMs, fractionLost: told }]),
  ];
  const of = (...all: MadeUpStats[][]) => losses(sampled(...all.map((each) => path(1, 1, 1, 0, each))));

  it('is unknown while no media run', () => {
    expect(of([], [])).toEqual([null, null]);
  });

  it('is that of the direction that loses more', () => {
    expect(of(media(0, 100, 0.05), media(10, 190, 0.05), media(10, 290, 0.05))).toEqual([0.05, 0.1, 0.05]);
  });

  it('is not what the other side has said long ago, nor less than nothing', () => {
    expect(of(media(5, 100, 0.4, 39_000), media(3, 200, 0.4, 39_000))).toEqual([null, 0]);
  });
});

it('a stream that is gone is forgotten: a peer may begin and end as many as it likes', () => {
  const stream = (packetsLost: number, packetsReceived: number) =>
    path(1, 1, 1, 0.02, [{ id: 'in', type: 'inbound-rtp', timestamp: 1, packetsLost, packetsReceived }]);
  const samples = sampled(stream(0, 100), stream(10, 190), path(1, 1, 1, 0.02), stream(50, 250));
  expect(losses(samples)).toEqual([null, 0.1, null, null]);
});
