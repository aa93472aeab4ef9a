import { describe, expect, it } from 'vitest';
import { PairLog } from '../../../../../src/renderer/core/doctor/PairLog';
import { pairStats, statsReport, transportOf } from '../../../../support/statsReport';

const checked = (requestsSent: number, responsesReceived: number, more: object = {}) => ({
  ...{ state: responsesReceived > 0 ? 'succeeded' : 'in-progress', requestsSent, responsesReceived },
  ...more,
});

/** How each pair stands after these reports. */
function standings(reports: readonly RTCStatsReport[], isOver = false) {
  const log = new PairLog();
  for (const report of reports) log.note(report);
  return log.tried(isOver).map(({ state, fault }) => [state, fault]);
}

describe('tried pairs', () => {
  it('tell their kinds, what they go over and how often they were asked', () => {
    const log = new PairLog();
    log.note(
      statsReport(
        transportOf('a'),
        ...pairStats('a', checked(7, 3, { consentRequestsSent: 4 }), { address: 'fd83::2' }, {}),
        ...pairStats(
          'b',
          checked(2, 1),
          { candidateType: 'relay', relayProtocol: 'tls', address: '44.128.0.10' },
          { candidateType: 'prflx', address: 'x.local' },
        ),
        ...pairStats(
          'c',
          { state: 'waiting' },
          { protocol: 'tcp' },
          { address: '10.0.0.1', protocol: 'tcp' },
        ),
      ),
    );
    expect(log.tried(false)).toEqual([
      {
        ...{ local: 'host', remote: 'host', protocol: 'udp', via: null, family: 'IPv6' },
        ...{ state: 'in-use', fault: null, asked: 7, answered: 3 },
      },
      {
        ...{ local: 'relay', remote: 'prflx', protocol: 'udp', via: 'tls', family: 'IPv4' },
        ...{ state: 'works', fault: null, asked: 2, answered: 1 },
      },
      {
        ...{ local: 'host', remote: 'host', protocol: 'tcp', via: null, family: 'IPv4' },
        ...{ state: 'untried', fault: null, asked: null, answered: null },
      },
    ]);
  });

  it('are waited for until enough checks went unanswered', () => {
    const asked = (count: number) => [statsReport(...pairStats('a', checked(count, 0)))];
    expect(standings(asked(4))).toEqual([['trying', null]]);
    expect(standings(asked(5))).toEqual([['failed', 'unanswered']]);
    expect(standings(asked(1), true)).toEqual([['failed', 'unanswered']]);
  });

  it('whose checks come in and are not answered go one way', () => {
    const report = statsReport(...pairStats('a', checked(9, 0, { requestsReceived: 3 })));
    expect(standings([report])).toEqual([['failed', 'one-way']]);
  });

  it('are kept when the browser drops them', () => {
    const both = statsReport(
      ...pairStats('works', checked(3, 3)),
      ...pairStats('deaf', checked(2, 0)),
      ...pairStats('idle', checked(0, 0, { state: 'frozen' })),
    );
    const one = statsReport(transportOf('works'), ...pairStats('works', checked(4, 4)));
    expect(standings([both, one])).toEqual([
      ['in-use', null],
      ['dropped', null],
      ['dropped', null],
    ]);
  });

  it('that were dropped are not said to work or to have failed, before the link is given up', () => {
    const before = statsReport(
      transportOf('works'),
      ...pairStats('works', checked(3, 3)),
      ...pairStats('deaf', checked(9, 0, { requestsReceived: 2 })),
      ...pairStats('gave up', checked(9, 4, { state: 'failed' })),
    );
    expect(standings([before, statsReport()]).map(([state]) => state)).toEqual(Array(3).fill('dropped'));
    expect(standings([before, statsReport()], true)).toEqual([
      ['failed', 'went-silent'],
      ['failed', 'one-way'],
      ['failed', 'went-silent'],
    ]);
  });

  it('that answered before the link was given up went silent', () => {
    const report = statsReport(transportOf('a'), ...pairStats('a', checked(20, 12)));
    expect(standings([report], true)).toEqual([['failed', 'went-silent']]);
  });

  it('are told by their state where nothing is counted, as in Firefox', () => {
    const pairs = ['succeeded', 'failed', 'in-progress', 'frozen'].flatMap((state) =>
      pairStats(state, { state, selected: state === 'succeeded' }),
    );
    expect(standings([statsReport(...pairs)])).toEqual([
      ['in-use', null],
      ['trying', null],
      ['failed', 'unanswered'],
      ['untried', null],
    ]);
  });

  it('are no more than a page can hold: those that are gone make way', () => {
    const log = new PairLog();
    const batch = (from: number, count: number) =>
      statsReport(
        ...Array.from({ length: count }, (_, n) => pairStats(`p${from + n}`, checked(1, 0))).flat(),
      );
    log.note(batch(0, 150));
    log.note(batch(1000, 150));
    const tried = log.tried(false);
    expect(tried).toHaveLength(200);
    expect(tried.filter(({ state }) => state === 'trying')).toHaveLength(150);
    log.note(batch(2000, 500));
    expect(log.tried(false)).toHaveLength(200);
  });

  it('leave the last 512 ends of the peer’s known', () => {
    const log = new PairLog();
    for (let port = 1; port <= 2_000; port++)
      log.note(statsReport({ id: 'R', type: 'remote-candidate', protocol: 'udp', port }));
    const known = Array.from({ length: 2_000 }, (_, n) => log.hasRemote('udp', n + 1));
    expect(known.indexOf(true)).toBe(2_000 - 512);
    expect(known.filter(Boolean)).toHaveLength(512);
  });
});
