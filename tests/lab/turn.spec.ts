/** A real coturn, set as the relay prints it: who has the relay's credentials gets through, and nobody else, and not everywhere. */
import { expect } from '@playwright/test';
import { doctor, startCoturn, test, turnProblem } from '../support/turn/turnTest';

test.skip(turnProblem() !== null, turnProblem() ?? '');

test('credentials of the relay pass data, over UDP, TCP and TLS, and others pass none', async ({ turn }) => {
  const { client, server } = turn;
  const { ca, credentials } = await startCoturn(turn, { change: { allowedPeers: [server.addressV4] } });
  const [plain, secure] = [`turn:${server.addressV4}`, `turns:${server.addressV4}`];
  for (const url of [plain, `${plain}?transport=tcp`, secure])
    expect(await client.ask({ url, credentials, ca }), url).toBe('relayed');
  expect(await client.ask({ url: secure, credentials })).toBe('tls DEPTH_ZERO_SELF_SIGNED_CERT');
  for (const other of [
    { ...credentials, credential: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
    { ...credentials, username: `${Math.floor(Date.now() / 1000) - 60}:late` },
    { username: '', credential: '' },
    null,
  ])
    for (const url of [plain, secure])
      expect(await client.ask({ url, credentials: other, ca }), other?.username).toBe('refused 401');
});

test('data reach a socket outside of a server that does not reach itself', async ({ turn }) => {
  const { client, server } = turn;
  const { credentials } = await startCoturn(turn, { change: { allowedPeers: [turn.clientHost.addressV4] } });
  expect(await client.ask({ url: `turn:${server.addressV4}`, credentials })).toBe('own-socket');
});

test('the TURN server leads nobody to private addresses or to itself', async ({ turn }) => {
  const { client, peer, server } = turn;
  const { credentials } = await startCoturn(turn);
  const url = `turn:${server.addressV4}`;
  for (const place of [peer.addressV4, '127.0.0.1', server.addressV4, '169.254.1.1'])
    expect(await client.ask({ url, credentials, peer: place }), place).toBe('refused 403');
  expect(await client.ask({ url, credentials, peer: '9.9.9.9' })).toBe('granted');
  expect(await client.ask({ url, credentials })).toBe('refused 403');
});

test.describe('relay doctor', () => {
  const reach = ['address-reachable', 'relay-alive', 'proxy-good'];

  test('finds all well where it is, over UDP, TCP and TLS', async ({ turn }) => {
    await startCoturn(turn, { change: { allowedPeers: [turn.server.addressV4] } });
    const each = ['turn-good', 'turn-closed-inside'];
    expect(doctor(turn)).toEqual({
      status: 0,
      codes: [...reach, 'clock-good', 'mailbox-good', ...each, ...each, ...each],
    });
  });
});
