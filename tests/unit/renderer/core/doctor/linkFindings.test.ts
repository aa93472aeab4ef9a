import { describe, expect, it } from 'vitest';
import { LinkEvidence } from '../../../../../src/renderer/core/doctor/LinkEvidence';
import { linkFindings, type LinkStanding } from '../../../../../src/renderer/core/doctor/linkFindings';
import type { LinkSample } from '../../../../../src/renderer/core/doctor/linkExam';
import type { LinkPath } from '../../../../../src/renderer/core/peer/linkPath';
import { pairStats, statsReport } from '../../../../support/statsReport';

const down: LinkStanding = {
  ...{ isUp: false, isOver: false, path: null, isBeyondLan: true, hasTurn: true },
  ...{ mustRelay: false, isBlocked: false, hasPeerPage: true },
};
const up = (path: LinkPath): LinkStanding => ({ ...down, isUp: true, path });
const relayed: LinkPath = { kind: 'relay', via: 'udp' };
const sample = (roundTripMs: number, lostFraction: number | null): LinkSample => ({
  ...{ atMs: 0, roundTripMs, lostFraction },
});

interface Tried {
  kind?: string;
  sent?: number;
  answered?: number;
  came?: number;
}

/** Of a link that has tried these pairs, and was given up unless it `isOpen`. */
function evidenceOf(pairs: readonly Tried[], { isOpen = false, hasPeer = true } = {}): LinkEvidence {
  const evidence = new LinkEvidence();
  if (hasPeer) evidence.noteSignal({ type: 'offer', sdp: 'a=candidate:1 1 udp 1 44.0.0.1 1 typ host\r\n' });
  const stats = pairs.flatMap(({ kind = 'host', sent = 9, answered = 0, came = 0 }, n) =>
    pairStats(
      String(n),
      {
        ...{ state: answered > 0 ? 'succeeded' : 'in-progress', requestsSent: sent },
        ...{ responsesReceived: answered, requestsReceived: came },
      },
      { candidateType: kind },
    ),
  );
  evidence.note(statsReport(...stats));
  if (!isOpen) evidence.end();
  return evidence;
}

const codes = (...args: Parameters<typeof linkFindings>) =>
  linkFindings(...args).map(({ code, level }) => `${level} ${code}`);

describe('where there is no link', () => {
  it.each([
    ['nothing came back, beyond the LAN', {}, [{}, {}], ['bad unanswered-internet']],
    ['nothing came back, on a LAN', { isBeyondLan: false, hasTurn: false }, [{}], ['bad unanswered-lan']],
    ['the peer is heard', {}, [{}, { came: 2 }], ['bad one-way']],
    ['it worked before', {}, [{ came: 2 }, { answered: 3 }], ['bad went-silent']],
    ['there is no TURN server', { hasTurn: false }, [{}], ['bad unanswered-internet', 'bad no-turn']],
  ] as const)('says so where %s', (_, change, pairs, expected) => {
    const evidence = evidenceOf(pairs);
    const told = codes({ ...down, ...change }, evidence, []);
    expect(told.filter((each) => !each.includes('turn-silent'))).toEqual(expected);
  });

  it('counts what failed for the same reason', () => {
    expect(linkFindings(down, evidenceOf([{}, {}, { came: 1 }]), [])[0]?.facts).toEqual({ count: 1 });
  });

  it('tells of a TURN server that gave nothing, once', () => {
    const evidence = evidenceOf([{}]);
    expect(codes(down, evidence, [])).toContain('bad turn-silent');
    evidence.noteServer({ url: 'turn:example.org', errorCode: 401 });
    expect(codes(down, evidence, [])).toEqual(['bad unanswered-internet', 'bad turn-credentials']);
    expect(codes(down, evidenceOf([{ kind: 'relay' }]), [])).toEqual(['bad unanswered-internet']);
  });

  it.each([
    ['stun:example.org', 701, 'hint stun-unreachable'],
    ['stun:example.org', 400, 'hint server-error'],
    ['turn:example.org', 701, 'bad turn-unreachable'],
    ['turn:example.org', 441, 'bad turn-credentials'],
    ['turn:example.org', 403, 'bad turn-refused'],
    ['turn:example.org', 486, 'bad turn-full'],
    ['turn:example.org', 508, 'bad turn-full'],
    ['turn:example.org', 500, 'bad server-error'],
  ])('calls %s with %i %s', (url, errorCode, expected) => {
    const evidence = evidenceOf([{}]);
    evidence.noteServer({ url, errorCode });
    expect(codes(down, evidence, []).at(-1)).toBe(expected);
  });

  it('does not mind one network of several on which a server is not reached', () => {
    const evidence = evidenceOf([{ kind: 'srflx' }, { kind: 'relay' }]);
    evidence.noteServer({ url: 'stun:example.org', errorCode: 701 });
    evidence.noteServer({ url: 'turn:example.org', errorCode: 701 });
    expect(codes(down, evidence, [])).toEqual(['bad unanswered-internet']);
  });

  it('says which side has no address', () => {
    const lan = { ...down, isBeyondLan: false, hasTurn: false };
    expect(codes(lan, evidenceOf([]), [])).toEqual(['bad no-own-address']);
    expect(codes(lan, evidenceOf([{}], { hasPeer: false }), [])).toEqual(['bad no-peer-address']);
  });

  it('lets the TURN server speak where nothing but that may be used', () => {
    const hidden = { ...down, mustRelay: true };
    const evidence = evidenceOf([]);
    expect(codes(hidden, evidence, [])).toEqual(['bad turn-silent']);
    evidence.noteServer({ url: 'turns:example.org', errorCode: 701 });
    expect(codes(hidden, evidence, [])).toEqual(['bad turn-unreachable']);
    expect(codes(hidden, evidenceOf([{ kind: 'relay' }]), [])).toEqual(['bad unanswered-internet']);
  });

  it('blames a STUN server of this network on the device that runs it', () => {
    const lan = { ...down, isBeyondLan: false, hasTurn: false };
    const after = (url: string, standing: LinkStanding) => {
      const evidence = evidenceOf([{}]);
      evidence.noteServer({ url, errorCode: 701 });
      return codes(standing, evidence, []);
    };
    const near = 'stun:192.168.0.7:47180';
    expect(after(near, lan)).toEqual(['bad unanswered-lan', 'hint stun-unreachable-lan']);
    expect(after(near, down)).toContain('hint stun-unreachable');
    // A person's own.
    expect(after('stun:example.org', lan)).toEqual(['bad unanswered-lan', 'hint stun-unreachable']);
  });

  it('says that names were not found where nothing else was tried', () => {
    const evidence = evidenceOf([], { isOpen: true });
    evidence.note(statsReport({ id: 'L', type: 'local-candidate', candidateType: 'host' }));
    const name = 'candidate:1 1 udp 1 5a1c3f0e.local 40001 typ host';
    evidence.noteSignal({ type: 'candidate', candidate: { candidate: name, sdpMid: '0', sdpMLineIndex: 0 } });
    evidence.end();
    expect(codes({ ...down, isBeyondLan: false, hasTurn: false }, evidence, [])).toEqual([
      'bad names-unresolved',
    ]);
  });

  it('waits for a link that is being made, and for none that is over', () => {
    const evidence = evidenceOf([{}], { isOpen: true });
    for (const known of [null, evidence]) {
      expect(codes(down, known, [])).toEqual(['hint building']);
      expect(codes({ ...down, isOver: true }, known, [])).toEqual([]);
    }
  });

  it('says what no path could mend before anything else', () => {
    expect(codes({ ...down, isBlocked: true }, evidenceOf([{}]), [])).toEqual(['bad address-hidden']);
    expect(codes({ ...down, hasPeerPage: false }, evidenceOf([{}]), [])).toEqual(['hint no-page']);
  });
});

describe('where there is a link', () => {
  it('says how it goes, and why not straight', () => {
    const evidence = evidenceOf([{ kind: 'relay', answered: 9 }, {}, { kind: 'srflx' }], { isOpen: true });
    expect(codes(up({ kind: 'local', via: null }), evidence, [])).toEqual(['good direct']);
    expect(linkFindings(up(relayed), evidence, [])).toEqual([
      { level: 'hint', code: 'relayed', facts: { count: 2 } },
    ]);
    expect(codes({ ...up(relayed), mustRelay: true }, evidence, [])).toEqual(['good relayed-on-purpose']);
    expect(codes(up({ kind: 'relay', via: 'tls' }), evidence, [])).toEqual(['hint relayed', 'hint no-udp']);
  });

  it('says on whose wish it goes through a TURN server, and calls neither a fault', () => {
    const evidence = evidenceOf([{ kind: 'relay', answered: 9 }, {}], { isOpen: true, hasPeer: false });
    const offer = (typ: string) => ({
      type: 'offer' as const,
      sdp: `a=candidate:1 1 udp 1 44.0.0.1 1 typ ${typ}\r\n`,
    });
    evidence.noteSignal(offer('relay raddr 0.0.0.0 rport 0'));
    expect(codes(up(relayed), evidence, [])).toEqual(['good relayed-for-peer']);
    expect(codes({ ...up(relayed), mustRelay: true }, evidence, [])).toEqual(['good relayed-on-purpose']);
    evidence.noteSignal(offer('srflx raddr 0.0.0.0 rport 0'));
    expect(codes(up(relayed), evidence, [])).toEqual(['hint relayed']);
  });

  it('counts direct ways that were dropped without an answer, and no others', () => {
    const evidence = evidenceOf(
      [{ kind: 'relay', answered: 9 }, {}, { sent: 2 }, { answered: 1 }, { sent: 0 }],
      {
        isOpen: true,
      },
    );
    const kept = pairStats('0', { state: 'succeeded', requestsSent: 9, responsesReceived: 9 });
    evidence.note(statsReport(...kept));
    expect(linkFindings(up(relayed), evidence, [])[0]?.facts).toEqual({ count: 2 });
  });

  it('says that it is slow, or loses packets', () => {
    const evidence = evidenceOf([{ answered: 9 }], { isOpen: true });
    const straight = up({ kind: 'internet', via: null });
    expect(
      codes(straight, evidence, [sample(900, 0.5), ...Array<LinkSample>(10).fill(sample(299, 0.01))]),
    ).toEqual(['good direct']);
    const bad = linkFindings(straight, evidence, [sample(20, null), sample(300, 0.04), sample(300, 0.02)]);
    expect(bad.slice(1)).toEqual([
      { level: 'hint', code: 'slow', facts: { ms: 300 } },
      { level: 'hint', code: 'lossy', facts: { percent: 3 } },
    ]);
  });
});
