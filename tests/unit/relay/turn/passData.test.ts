/** Our TURN client against a server of the tests that can be made to misbehave; tests/lab/turn.spec.ts has a real coturn. */
import { describe, expect, it } from 'vitest';
import { passData } from '../../../../src/relay/turn/passData';
import { TurnAllocation } from '../../../../src/relay/turn/TurnAllocation';
import { TurnError } from '../../../../src/relay/turn/TurnError';
import { StunType } from '../../../../src/shared/stun/attributes';
import { longTermKey } from '../../../../src/shared/stun/keys';
import { encodeStun, type ReadStunMessage, readStun, StunMethod } from '../../../../src/shared/stun/message';
import { CREDENTIALS, FakeTurnServer, type TurnFaults } from '../../../support/turn/FakeTurnServer';
import '../../../support/lan/opened';

async function troubleWith(
  faults: TurnFaults,
  credentials = CREDENTIALS,
  withinMs = 400,
): Promise<TurnError> {
  const { address } = await FakeTurnServer.start(faults);
  const error: unknown = await passData(address, credentials, {
    signal: AbortSignal.timeout(withinMs),
    dataMs: 300,
  }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TurnError)) throw new Error('it passed', { cause: error });
  return error;
}

describe('data through a TURN server', () => {
  it('go there and back', async () => {
    const { address } = await FakeTurnServer.start();
    const trial = await passData(address, CREDENTIALS, { signal: AbortSignal.timeout(5_000) });
    expect(trial).toMatchObject({ relayed: { host: '192.0.2.1', port: 50_000 }, way: 'relayed' });
    expect(trial.mapped.host).toBe('127.0.0.1');
    expect(trial.roundTripMs).toBeLessThan(1_000);
  });

  it('go with another nonce for every request', async () => {
    const server = await FakeTurnServer.start({ usesOfNonce: 1 });
    await passData(server.address, CREDENTIALS, { signal: AbortSignal.timeout(5_000) });
    const permissions = server.received.filter(({ method }) => method === StunMethod.createPermission);
    expect(permissions.length).toBeGreaterThan(2);
  });

  it('go although requests get lost', async () => {
    const { address } = await FakeTurnServer.start({ lost: 2 });
    await passData(address, CREDENTIALS, { signal: AbortSignal.timeout(10_000) });
  });

  it('do not go with other credentials', async () => {
    for (const other of [
      { ...CREDENTIALS, credential: 'another' },
      { ...CREDENTIALS, username: 'nobody' },
    ])
      expect(await troubleWith({}, other)).toMatchObject({ trouble: 'refused', status: 401 });
  });

  it('do not go where the server forbids it, or drops them', async () => {
    expect(await troubleWith({ permissionStatus: 403 })).toMatchObject({ trouble: 'refused', status: 403 });
    expect(await troubleWith({ isDeaf: true }, CREDENTIALS, 3_000)).toMatchObject({ trouble: 'no-data' });
  });
});

describe('a server that is none', () => {
  const resigned = (message: ReadStunMessage, key: Uint8Array | null): Uint8Array => encodeStun(message, key);
  const changed = (change: (message: ReadStunMessage) => ReadStunMessage) => (bytes: Uint8Array) => [
    resigned(
      change(readStun(bytes)!),
      longTermKey(CREDENTIALS.username, 'turn.example', CREDENTIALS.credential),
    ),
  ];
  const silence: Record<string, TurnFaults['rewrite']> = {
    'says nothing': () => [],
    'answers with garbage': () => [new Uint8Array(40), Uint8Array.of(), Uint8Array.of(0x40, 0, 0, 8)],
    'has another transaction': changed((message) => ({ ...message, transaction: new Uint8Array(12) })),
    'answers another method': changed((message) => ({ ...message, method: StunMethod.binding })),
    'answers with a request': changed((message) => ({ ...message, kind: 'request' })),
    'grants without a signature': (bytes) => {
      const message = readStun(bytes)!;
      return [message.kind === 'success' ? resigned(message, null) : bytes];
    },
    'grants with the signature of somebody else': (bytes) => {
      const message = readStun(bytes)!;
      return [message.kind === 'success' ? resigned(message, Uint8Array.of(1)) : bytes];
    },
  };

  it.each(Object.entries(silence))('is silent for us if it %s', async (_, rewrite) => {
    expect(await troubleWith(rewrite === undefined ? {} : { rewrite })).toMatchObject({ trouble: 'silent' });
  });

  it('is nonsense if it grants no address', async () => {
    const rewrite = changed((message) => ({
      ...message,
      attributes: message.attributes.filter(({ type }) => type !== StunType.xorRelayedAddress),
    }));
    expect(await troubleWith({ rewrite })).toMatchObject({ trouble: 'nonsense' });
  });

  it('gets no second try of the same credentials', async () => {
    const server = await FakeTurnServer.start();
    const wrong = { ...CREDENTIALS, credential: 'another' };
    const opened = TurnAllocation.open(server.address, wrong, { signal: AbortSignal.timeout(3_000) });
    await expect(opened).rejects.toMatchObject({ status: 401 });
    expect(server.received).toHaveLength(2);
  });

  it('is given its address back', async () => {
    const server = await FakeTurnServer.start();
    const allocation = await TurnAllocation.open(server.address, CREDENTIALS, {
      signal: AbortSignal.timeout(3_000),
    });
    const heard: unknown[] = [];
    allocation.events.on('data', (data) => heard.push(data));
    allocation.send(allocation.relayed, Uint8Array.of(1));
    await expect.poll(() => heard).toHaveLength(1);
    await allocation.close();
    expect(server.received.at(-1)).toMatchObject({ method: StunMethod.refresh });
  });
});

describe('no server', () => {
  it('is told from a silent one by what the system says', async () => {
    const closed = { kind: 'turn', host: '127.0.0.1', port: 9, transport: 'tcp' } as const;
    const signal = AbortSignal.timeout(3_000);
    await expect(passData(closed, CREDENTIALS, { signal })).rejects.toMatchObject({
      trouble: 'unreachable',
      word: 'ECONNREFUSED',
    });
    await expect(passData({ ...closed, transport: 'udp' }, CREDENTIALS, { signal })).rejects.toMatchObject({
      trouble: 'unreachable',
    });
    await expect(
      passData({ ...closed, host: 'no.such.invalid' }, CREDENTIALS, { signal }),
    ).rejects.toMatchObject({
      trouble: 'unreachable',
    });
    await expect(passData({ ...closed, transport: 'dtls' }, CREDENTIALS, { signal })).rejects.toMatchObject({
      trouble: 'unsupported',
    });
  });
});
