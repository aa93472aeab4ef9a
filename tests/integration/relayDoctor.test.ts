/** `relay doctor` against real relays, behind proxies and certificates that are as wrong as people have them. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/relay/doctor/examine';
import type { Finding } from '../../src/relay/doctor/Finding';
import { runDoctor } from '../../src/relay/doctor/runDoctor';
import { wordsOf } from '../../src/relay/doctor/words';
import { afterwards } from '../support/lan/opened';
import { type ProxySettings, startProxy } from '../support/relay/FakeProxy';
import { type Changes, startRelay, testSettings } from '../support/relay/startRelay';
import { makeTestCertificate } from '../support/tls/testCertificate';
import { CREDENTIALS, FakeTurnServer } from '../support/turn/FakeTurnServer';

const DAY_MS = 86_400_000;

async function findingsAt(url: string, changes: Changes = {}, ca?: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  await examine(url, testSettings(changes), {
    report: (finding) => findings.push(finding),
    ca,
    timeoutMs: 1_500,
  });
  // Whatever is said has all its facts.
  for (const { code, facts } of findings) {
    const { todo, what } = wordsOf(code, facts);
    expect(`${what} ${todo ?? ''}`).not.toMatch(/\{\w+\}/);
  }
  return findings;
}

/** What is not well, by code. */
const troubles = (findings: readonly Finding[]): string[] =>
  findings.filter(({ level }) => level !== 'good').map(({ code }) => code);

/** What the doctor says of a relay behind a proxy. */
async function behind(proxy: ProxySettings, changes: Changes = { trustedProxies: 1 }): Promise<Finding[]> {
  const relay = await startRelay(changes);
  const port = await startProxy(relay.port, proxy);
  const scheme = proxy.tls === undefined ? 'http' : 'https';
  const path = changes.basePath ?? '';
  return findingsAt(`${scheme}://127.0.0.1:${port}${path}`, changes, proxy.tls?.certificatePem);
}

describe('a relay that is well', () => {
  it('gets no bad word, with and without a proxy, on a path too', async () => {
    const plain = await startRelay();
    expect(troubles(await findingsAt(plain.http))).toEqual(['turn-none']);
    const tls = makeTestCertificate({ names: ['127.0.0.1'], runsOutInMs: 90 * DAY_MS });
    const found = await behind({ tls, forwarded: ['192.0.2.1'] }, { trustedProxies: 1, basePath: '/hither' });
    expect(troubles(found)).toEqual(['turn-none']);
    expect(found.map(({ code }) => code)).toEqual([
      ...['address-reachable', 'certificate-good', 'relay-alive', 'proxy-good', 'clock-good'],
      ...['mailbox-good', 'turn-none'],
    ]);
  });

  it('is told in lines, and tells whether all is well', async () => {
    const lines: string[] = [];
    const relay = await startRelay();
    expect(await runDoctor(relay.http, testSettings(), (line) => lines.push(line))).toBe(true);
    expect(lines.at(-1)).toBe('All is well.');
    expect(lines.find((line) => line.startsWith('ok'))).toMatch(/127\.0\.0\.1 answers on port \d+\./);
    const wrong = await runDoctor('http://127.0.0.1:9', testSettings(), (line) => lines.push(line));
    expect(wrong).toBe(false);
    expect(lines.at(-1)).toBe('One thing is wrong.');
    expect(lines.at(-2)).toContain('Open the port');
  });
});

describe('a relay that nobody reaches', () => {
  it('because its name or its port leads nowhere', async () => {
    expect(troubles(await findingsAt('https://no-such-relay.invalid'))).toEqual(['name-unknown']);
    expect(await findingsAt('http://127.0.0.1:9')).toMatchObject([
      { code: 'address-unreachable', facts: { address: '127.0.0.1', port: 9, word: 'ECONNREFUSED' } },
    ]);
  });

  it('because nothing ever answers', async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    afterwards(() => silent.close());
    const { port } = silent.address() as AddressInfo;
    expect(troubles(await findingsAt(`http://127.0.0.1:${port}`))).toEqual(['http-failed']);
    expect(troubles(await findingsAt(`https://127.0.0.1:${port}`))).toEqual(['tls-missing']);
  });

  it('because what answers is something else', async () => {
    for (const [proxy, code] of [
      [{ status: 502 }, 'http-status'],
      [{ status: 404 }, 'http-status'],
      [{ status: 200, body: '<html>hello</html>' }, 'not-a-relay'],
      [{ status: 308, location: 'https://elsewhere.example/' }, 'http-redirect'],
      [{ status: 200, body: '{"status":"ok"}' + ' '.repeat(100_000) }, 'not-a-relay'],
      [{ status: 200, body: '{"status":"degraded"}' }, 'relay-degraded'],
      [{ status: 503, body: '{"status":"draining"}' }, 'relay-draining'],
    ] as const)
      expect(troubles(await behind(proxy))[0]).toBe(code);
  });
});

describe('TLS that clients do not believe', () => {
  const forwarded = ['192.0.2.1'];

  it.each([
    ['that ran out', { names: ['127.0.0.1'], runsOutInMs: -DAY_MS }, ['certificate-expired']],
    ['for another name', { names: ['relay.example.org'], runsOutInMs: 90 * DAY_MS }, ['certificate-name']],
    ['that soon runs out', { names: ['127.0.0.1'], runsOutInMs: 5 * DAY_MS }, ['certificate-ends-soon']],
    [
      'with both troubles',
      { names: ['a.example'], runsOutInMs: -DAY_MS },
      ['certificate-expired', 'certificate-name'],
    ],
  ])('a certificate %s', async (_, options, codes) => {
    const found = await behind({ tls: makeTestCertificate(options), forwarded });
    expect(troubles(found)).toEqual([...codes, 'turn-none']);
  });

  it('a certificate that no authority has signed', async () => {
    const relay = await startRelay({ trustedProxies: 1 });
    const tls = makeTestCertificate({ names: ['127.0.0.1'] });
    const port = await startProxy(relay.port, { tls, forwarded });
    const found = await findingsAt(`https://127.0.0.1:${port}`, { trustedProxies: 1 });
    expect(found).toContainEqual({
      code: 'certificate-chain',
      level: 'bad',
      facts: { word: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it('none at all', async () => {
    const relay = await startRelay();
    expect(troubles(await findingsAt(relay.http.replace('http', 'https')))).toEqual(['tls-missing']);
  });
});

describe('a proxy that is set wrong', () => {
  it.each([
    ['says for nobody whom it asks', { forwarded: [] }, 1, ['proxy-hides-clients']],
    ['is not trusted', { forwarded: ['192.0.2.1'] }, 0, ['proxy-trust-small']],
    [
      'has another one before it that is not trusted',
      { forwarded: ['192.0.2.1', '10.0.0.2'] },
      1,
      ['proxy-trust-small'],
    ],
    ['is one, and two are trusted', { forwarded: ['192.0.2.1'] }, 2, ['proxy-trust-large']],
    ['passes on no upgrade', { forwarded: ['192.0.2.1'], passesUpgrades: false }, 1, ['upgrade-dropped']],
  ])('and %s', async (_, proxy, trustedProxies, codes) => {
    const found = await behind(proxy, { trustedProxies });
    expect(troubles(found).filter((code) => code !== 'turn-none')).toEqual(codes);
  });

  it('and the relay refuses the socket', async () => {
    const limits = { socketsPerSecond: 0.001, burstSockets: 0 };
    expect(await behind({ forwarded: ['192.0.2.1'] }, { trustedProxies: 1, limits })).toContainEqual({
      code: 'upgrade-refused',
      level: 'bad',
      facts: { status: 429, reason: 'rate' },
    });
  });
});

describe('a relay with troubles of its own', () => {
  it.each([
    [3_600_000, 'ahead of'],
    [-120_000, 'behind'],
  ])('has a clock that is wrong by %i ms', async (offMs, direction) => {
    const relay = await startRelay({}, () => Date.now() + offMs);
    const clock = (await findingsAt(relay.http)).find(({ code }) => code === 'clock-wrong');
    expect(clock?.facts['direction']).toBe(direction);
    expect(Math.abs(Number(clock?.facts['seconds']) - Math.abs(offMs) / 1000)).toBeLessThanOrEqual(1);
  });

  it('keeps its two members apart', async () => {
    const [one, other] = [await startRelay(), await startRelay()];
    // A balancer in front of two relays that share nothing: every second socket goes to the other.
    let turn = 0;
    const balancer = createServer((socket) => {
      turn += 1;
      const to = connect(turn % 2 === 0 ? one.port : other.port, '127.0.0.1');
      socket.pipe(to).pipe(socket);
      for (const each of [socket, to]) each.on('error', () => to.destroy());
    }).listen(0, '127.0.0.1');
    await once(balancer, 'listening');
    afterwards(() => balancer.close());
    const { port } = balancer.address() as AddressInfo;
    expect(troubles(await findingsAt(`http://127.0.0.1:${port}`))).toEqual(['mailbox-failed']);
  });

  it('tells of no TURN server that its settings have', async () => {
    const relay = await startRelay();
    const turn = { urls: ['turn:turn.example.org'], secret: 'x'.repeat(20), ttlS: 60 };
    expect(troubles(await findingsAt(relay.http, { turn }))).toEqual(['turn-not-told']);
  });

  it('tells of STUN and TURN servers that do not answer', async () => {
    const turn = {
      urls: ['turn:127.0.0.1:9', 'turns:127.0.0.1:9?transport=udp'],
      secret: 'x'.repeat(20),
      ttlS: 60,
    };
    const changes = { turn, stunUrls: ['stun:127.0.0.1:9'] };
    const relay = await startRelay(changes);
    const found = await findingsAt(relay.http, changes);
    expect(troubles(found)).toEqual(['stun-silent', 'turn-unreachable', 'turn-dtls']);
  });

  it('tells of a TURN server that does not take its credentials, for want of the secret', async () => {
    const server = await FakeTurnServer.start();
    const turn = {
      urls: [`turn:127.0.0.1:${server.address.port}`],
      secret: CREDENTIALS.credential.repeat(3),
      ttlS: 60,
    };
    const relay = await startRelay({ turn });
    expect(troubles(await findingsAt(relay.http, { turn }))).toEqual(['turn-only-udp', 'turn-secret']);
  });
});
