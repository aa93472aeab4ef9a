import { describe, expect, it } from 'vitest';
import { LinkEvidence } from '../../../../../src/renderer/core/doctor/LinkEvidence';
import type { RtcSignal } from '../../../../../src/shared/protocol/links';
import { pairStats, statsReport } from '../../../../support/statsReport';

const NAME = '5a1c3f0e-1111-4222-8333-444455556666.local';
const line = (address: string, port: number, more = '') =>
  `candidate:1 1 udp 2122260223 ${address} ${port} typ host${more}`;
const candidate = (text: string): RtcSignal => ({
  type: 'candidate',
  candidate: { candidate: text, sdpMid: '0', sdpMLineIndex: 0 },
});

describe('a hidden address', () => {
  it('that was not found is one more way that failed', () => {
    const evidence = new LinkEvidence();
    evidence.noteSignal(candidate(line(NAME, 40_001)));
    evidence.noteSignal({ type: 'offer', sdp: `a=${line(NAME, 40_002)}\r\na=${line(NAME, 40_002)}\r\n` });
    evidence.noteSignal(candidate(line('192.168.0.7', 40_003)));
    evidence.noteSignal(candidate(`candidate:2 1 tcp 1 ${NAME} 9 typ host tcptype active`));
    evidence.end();
    expect(evidence.tried.map(({ fault, local, protocol }) => [fault, local, protocol])).toEqual([
      ['name-unresolved', null, 'udp'],
      ['name-unresolved', null, 'udp'],
    ]);
  });

  it('that was found, or came by its own address as well, is none', () => {
    const evidence = new LinkEvidence();
    evidence.noteSignal(candidate(line(NAME, 40_001)));
    evidence.note(statsReport(...pairStats('a', { state: 'in-progress' }, {}, { port: 40_001 })));
    evidence.end();
    expect(evidence.tried.map(({ fault }) => fault)).toEqual(['unanswered']);
    // Another protocol's port is another end.
    evidence.noteSignal(candidate(`candidate:2 1 tcp 1 ${NAME} 40001 typ host tcptype passive`));
    expect(evidence.tried.map(({ fault, protocol }) => [fault, protocol])).toEqual([
      ['unanswered', 'udp'],
      ['name-unresolved', 'tcp'],
    ]);
  });

  it('is told of once the link is over: before, it may still be found', () => {
    const evidence = new LinkEvidence();
    evidence.noteSignal(candidate(line(NAME, 40_001)));
    expect(evidence.tried).toEqual([]);
    evidence.note(statsReport(...pairStats('a', { state: 'in-progress' })));
    expect(evidence.tried.map(({ state }) => state)).toEqual(['trying']);
    evidence.end();
    expect(evidence.tried.map(({ fault }) => fault)).toEqual(['unanswered', 'name-unresolved']);
  });

  it('is not told of where the link had come about: the browser drops ends that it has found', () => {
    const evidence = new LinkEvidence();
    evidence.noteSignal(candidate(line(NAME, 40_001)));
    evidence.note(statsReport(...pairStats('a', { state: 'succeeded' }, {}, { port: 40_007 })));
    evidence.end();
    expect(evidence.tried.map(({ fault }) => fault)).toEqual(['went-silent']);
  });

  it('is kept 32 times at most', () => {
    const evidence = new LinkEvidence();
    for (let port = 1; port < 300; port++) evidence.noteSignal(candidate(line(NAME, port)));
    evidence.end();
    expect(evidence.tried).toHaveLength(32);
  });
});

describe('what a server did not do', () => {
  it('is told by kind, way and code, once each, and without its address', () => {
    const evidence = new LinkEvidence();
    for (const [url, errorCode] of [
      ['stun:44.128.0.10:3478', 701],
      ['stun:44.128.0.10:3478', 701],
      ['stun:10.0.0.7:3478', 701],
      ['turn:turn.example.org:3478?transport=udp', 401],
      ['turn:turn.example.org:3478?transport=tcp', 701],
      ['turns:turn.example.org:5349?transport=tcp', 486],
      ['', 701],
      ['https://example.org', 701],
    ] as const)
      evidence.noteServer({ url, errorCode });
    expect(evidence.faults).toEqual([
      { kind: 'stun', via: 'udp', code: 701, isNear: false },
      { kind: 'stun', via: 'udp', code: 701, isNear: true },
      { kind: 'turn', via: 'udp', code: 401, isNear: false },
      { kind: 'turn', via: 'tcp', code: 701, isNear: false },
      { kind: 'turn', via: 'tls', code: 486, isNear: false },
    ]);
  });

  it('is kept 16 times at most', () => {
    const evidence = new LinkEvidence();
    for (let errorCode = 300; errorCode < 700; errorCode++)
      evidence.noteServer({ url: 'turn:example.org', errorCode });
    expect(evidence.faults).toHaveLength(16);
  });
});
