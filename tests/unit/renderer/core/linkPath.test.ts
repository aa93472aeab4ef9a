import { describe, expect, it } from 'vitest';
import { linkPathOf } from '../../../../src/renderer/core/peer/linkPath';

/** The report of a browser whose connection uses a pair of these two, beside others. */
function reportOf(local: object, remote: object): RTCStatsReport {
  const stats = [
    { id: 'pair0', type: 'candidate-pair', localCandidateId: 'r', remoteCandidateId: 'l', nominated: true },
    { id: 'pair1', type: 'candidate-pair', localCandidateId: 'l', remoteCandidateId: 'r', nominated: true },
    { id: 't', type: 'transport', selectedCandidatePairId: 'pair1' },
    { id: 'l', type: 'local-candidate', protocol: 'udp', ...local },
    { id: 'r', type: 'remote-candidate', protocol: 'udp', ...remote },
  ];
  return new Map(stats.map((one) => [one.id, one]));
}

const host = (address: string | null) => ({ candidateType: 'host', address });
const seen = (candidateType: string, address: string | null) => ({ candidateType, address });

describe('the path of a connection', () => {
  it.each([
    ['10.1.2.3', 'local'],
    ['172.16.0.1', 'local'],
    ['172.32.0.1', 'internet'],
    ['192.168.1.9', 'local'],
    ['169.254.1.9', 'local'],
    ['203.0.113.9', 'internet'],
    ['100.64.0.9', 'internet'],
    ['fd83::2', 'local'],
    ['fe80::2', 'local'],
    ['2001:db8::2', 'internet'],
    ['2001:db8:0:7::2', 'local'],
    ['abc.local', 'local'],
    [null, 'local'],
    ['', 'local'],
  ] as const)('from this machine’s own address to %s is %s', (address, kind) => {
    expect(linkPathOf(reportOf(host('2001:db8::7:1:2:3:4'), host(address)))).toEqual({ kind, via: null });
  });

  it.each([
    ['srflx', 'host', null, 'internet'],
    ['prflx', 'prflx', '203.0.113.9', 'internet'],
    ['srflx', 'srflx', '203.0.113.9', 'internet'],
    ['host', 'prflx', '192.168.1.9', 'local'],
    ['host', 'srflx', '203.0.113.9', 'internet'],
  ])('with translated addresses (%s, %s, %s) is %s', (local, remote, address, kind) => {
    expect(linkPathOf(reportOf(seen(local, '192.0.2.1'), seen(remote, address)))).toEqual({
      kind,
      via: null,
    });
  });

  it('is local where a STUN server of this network saw us, and the peer hides its address', () => {
    for (const address of ['192.168.0.12', 'fd12::7'])
      for (const type of ['srflx', 'prflx'])
        expect(linkPathOf(reportOf(seen(type, address), seen('prflx', null)))).toEqual({
          kind: 'local',
          via: null,
        });
    expect(linkPathOf(reportOf(seen('srflx', '203.0.113.7'), seen('prflx', null)))?.kind).toBe('internet');
  });

  it.each(['udp', 'tcp', 'tls'])('over a TURN server of this side’s names how that is reached: %s', (via) => {
    const relay = { candidateType: 'relay', address: '10.0.0.1', relayProtocol: via };
    expect(linkPathOf(reportOf(relay, host('10.0.0.2')))).toEqual({ kind: 'relay', via });
  });

  it('over a TURN server of the other side’s is no less a relay’s', () => {
    const relay = { candidateType: 'relay', address: '10.0.0.1' };
    expect(linkPathOf(reportOf(host('10.0.0.2'), relay))).toEqual({ kind: 'relay', via: null });
    expect(linkPathOf(reportOf({ ...relay, relayProtocol: 'quic' }, relay))).toEqual({
      kind: 'relay',
      via: null,
    });
  });

  it('is not known where the browser tells nothing of the pair', () => {
    expect(linkPathOf(new Map() as unknown as RTCStatsReport)).toBeNull();
    const report = reportOf(host('10.0.0.1'), host('10.0.0.2')) as unknown as Map<string, object>;
    report.delete('r');
    expect(linkPathOf(report as unknown as RTCStatsReport)).toBeNull();
  });

  it('is that of the pair which Firefox marks, and else of one that was nominated and works', () => {
    for (const mark of [{ selected: true }, { state: 'succeeded' }]) {
      const report = reportOf(host('10.0.0.1'), host('203.0.113.9')) as unknown as Map<string, object>;
      report.delete('t');
      report.set('pair1', { ...report.get('pair1'), ...mark });
      expect(linkPathOf(report as unknown as RTCStatsReport)?.kind).toBe('internet');
    }
  });
});
