import { describe, expect, it } from 'vitest';
import { SUITE } from '../../src/shared/identity/messages';
import { LINKS_FEATURE } from '../../src/shared/protocol/links';
import { end } from '../support/lan/opened';
import { RawDialer } from '../support/lan/RawDialer';
import { newId, pair } from '../support/lan/SessionEnd';
import { tcpServer, webSocketServer } from '../support/lan/strangeServers';

const refusal = { type: 'refuse', reason: 'incompatible-version', protocol: { min: 4, max: 5 } };

const zeros = '0'.repeat(64);

function welcomeWith(changes: object): string {
  const { ephemeral } = JSON.parse(RawDialer.begin().hello) as { ephemeral: string };
  return JSON.stringify({
    type: 'welcome',
    protocol: 3,
    suite: SUITE,
    ephemeral,
    commitment: zeros,
    ...changes,
  });
}

describe('a dialer', () => {
  it('says unreachable where nothing listens', async () => {
    const anna = await end();
    const ben = await end();
    const { address } = ben;
    ben.close();
    await expect(anna.connect(address)).rejects.toMatchObject({ code: 'unreachable', facts: { address } });
  });

  it.each([
    ['a web server', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'],
    ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n'],
  ])('says not-hither where %s answers', async (_name, answer) => {
    const anna = await end();
    const address = await tcpServer((socket) => socket.write(answer));
    await expect(anna.connect(address)).rejects.toMatchObject({ code: 'not-hither' });
  });

  it.each([
    ['garbage', 'what?'],
    ['a welcome without a key', JSON.stringify({ type: 'welcome', protocol: 3 })],
    ['a welcome of another version', welcomeWith({ protocol: 4 })],
    ['a welcome with other algorithms', welcomeWith({ suite: 'rot13' })],
    ['a welcome with a key of small order', welcomeWith({ ephemeral: '0'.repeat(64) })],
    ['a refusal that no listener may say', JSON.stringify({ ...refusal, reason: 'declined' })],
  ])('says not-hither where a WebSocket answers with %s', async (_name, answer) => {
    const anna = await end();
    await expect(anna.connect(await webSocketServer([answer]))).rejects.toMatchObject({ code: 'not-hither' });
  });

  it('says tampered where the sealed answer does not open, or is not sealed at all', async () => {
    const anna = await end();
    const nonsense = await webSocketServer([welcomeWith({})], [Buffer.alloc(300)]);
    await expect(anna.connect(nonsense)).rejects.toMatchObject({ code: 'tampered' });
    const unsealed = await webSocketServer([welcomeWith({})], [JSON.stringify({ type: 'identify' })]);
    await expect(anna.connect(unsealed)).rejects.toMatchObject({ code: 'tampered' });
  });

  it('says wrong-device where another device than the one that was meant answers', async () => {
    const [anna, ben, mallory] = [await end(), await end(), await end()];
    anna.nearby.set(ben.device.deviceId, [mallory.lanAddress]);
    await expect(anna.connectDevice(ben.device.deviceId)).rejects.toMatchObject({ code: 'wrong-device' });
    expect((await mallory.until('sessions:ended')).reason).toBe('cancelled');
    expect(anna.service.views()).toEqual([]);
  });

  it('says timed-out where something accepts and stays silent', async () => {
    const anna = await end({ timings: { dialTimeoutMs: 200 } });
    const address = await tcpServer(() => undefined);
    await expect(anna.connect(address)).rejects.toMatchObject({ code: 'timed-out' });
  });

  it('can be called off while something accepts and stays silent', async () => {
    const anna = await end();
    const address = await tcpServer(() => undefined);
    const sessionId = newId();
    const dialing = anna.connect(address, sessionId);
    setTimeout(() => {
      anna.leave(sessionId);
    }, 50);
    await expect(dialing).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('says incompatible-version with both ranges', async () => {
    const anna = await end();
    await expect(anna.connect(await webSocketServer([JSON.stringify(refusal)]))).rejects.toMatchObject({
      code: 'incompatible-version',
      facts: { ours: '3–3', theirs: '4–5' },
    });
  });

  it('recognises itself', async () => {
    const anna = await end();
    await expect(anna.connect(anna.address)).rejects.toMatchObject({ code: 'self-connection' });
    expect(anna.events).toEqual([]);
    expect(anna.service.views()).toEqual([]);
  });

  it('says unknown-device and bad-address without dialing', async () => {
    const anna = await end();
    await expect(anna.connectDevice(newId())).rejects.toMatchObject({ code: 'unknown-device' });
    await expect(anna.connect('no spaces allowed')).rejects.toMatchObject({ code: 'bad-address' });
  });

  it('goes on to the next address of a device where another device answers, or something else', async () => {
    const [anna, ben, other] = [await end(), await end(), await end()];
    const web = await tcpServer((socket) => socket.write('SSH-2.0-x\r\n'));
    const port = Number(web.split(':')[1]);
    anna.nearby.set(ben.device.deviceId, [other.lanAddress, { host: '127.0.0.1', port }, ben.lanAddress]);
    const session = await anna.connectDevice(ben.device.deviceId);
    expect(session.peer.deviceId).toBe(ben.device.deviceId);
    expect((await other.until('sessions:ended')).reason).toBe('cancelled');
  });

  it('holds a message that no peer would take against its own page', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = await pair(anna, ben);
    const sdp = '\u0001'.repeat(65_000);
    const body = { type: 'signal', link: 1, signal: { type: 'offer', sdp } } as const;
    expect(() => anna.send(sessionId, LINKS_FEATURE, body)).toThrow('bad-request');
    anna.say(sessionId, 1);
    await expect.poll(() => ben.heard()).toContain(1);
  });
});
