import { describe, expect, it, vi } from 'vitest';
import { EmbeddedRelayService } from '../../../../src/backend/embeddedRelay/EmbeddedRelayService';
import type { EmbeddedRelay } from '../../../../src/backend/ports';
import {
  EmbeddedRelayState,
  MAX_EMBEDDED_RELAY_URLS,
  relayInUse,
} from '../../../../src/shared/contract/embeddedRelay';
import { HitherError } from '../../../../src/shared/errors';
import { FakeLog } from '../../../support/FakeLog';

/** A relay that listens nowhere: it notes what it is told, and fails on the ports that are taken. */
class FakeRelay implements EmbeddedRelay {
  readonly calls: string[] = [];
  readonly taken = new Set<number>();
  hosts = ['192.168.0.2', 'fd00::2'];
  failure: Error | null = null;
  /** What was asked of it while it was busy with something else. */
  overlaps = 0;
  #isBusy = false;
  #port: number | null = null;

  get place(): EmbeddedRelay['place'] {
    const port = this.#port;
    return port === null ? null : { port, addresses: this.hosts.map((host) => ({ host, port })) };
  }

  async start(port: number): Promise<void> {
    await this.#work(`start ${port}`);
    if (this.failure !== null) throw this.failure;
    if (this.taken.has(port)) throw new HitherError('port-taken', { port });
    this.#port = port === 0 ? 50_000 : port;
  }

  async stop(): Promise<void> {
    await this.#work('stop');
    this.#port = null;
  }

  async #work(call: string): Promise<void> {
    this.calls.push(call);
    if (this.#isBusy) this.overlaps += 1;
    this.#isBusy = true;
    await new Promise((resolve) => setTimeout(resolve));
    this.#isBusy = false;
  }
}

function service() {
  const relay = new FakeRelay();
  const told: EmbeddedRelayState[] = [];
  const person: { port: number | null } = { port: null };
  const log = new FakeLog();
  let onPlace: () => void = () => undefined;
  const made = new EmbeddedRelayService({
    create: (listener) => {
      onPlace = listener;
      return relay;
    },
    wantedPort: () => person.port,
    onChange: (state) => told.push(state),
    log,
  });
  return { made, relay, told, person, log, changePlace: () => onPlace() };
}

const on = (port: number): EmbeddedRelayState => ({
  phase: 'on',
  port,
  urls: [`http://192.168.0.2:${port}`, `http://[fd00::2]:${port}`],
});

describe('the relay that a device runs for its network', () => {
  it('is off until it is wanted, and told of at every step', async () => {
    const { made, relay, told, person } = service();
    expect(await made.follow()).toEqual({ phase: 'off' });
    expect(relay.calls).toEqual([]);
    person.port = 8790;
    expect(await made.follow()).toEqual(on(8790));
    person.port = null;
    expect(await made.follow()).toEqual({ phase: 'off' });
    expect(told).toEqual([{ phase: 'starting' }, on(8790), { phase: 'stopping' }, { phase: 'off' }]);
  });

  it('is left alone by changes that do not concern it', async () => {
    const { made, relay, person } = service();
    person.port = 8790;
    await made.follow();
    await made.follow();
    expect(relay.calls.filter((call) => call.startsWith('start'))).toHaveLength(1);
  });

  it('moves to another port, and ends up as it was wanted last', async () => {
    const { made, relay, person } = service();
    person.port = 8790;
    const first = made.follow();
    await vi.waitUntil(() => relay.calls.includes('start 8790'), { interval: 0 });
    person.port = 8791;
    const second = made.follow();
    person.port = 8792;
    await Promise.all([first, second, made.follow()]);
    expect(made.state).toEqual(on(8792));
    expect(relay.place?.port).toBe(8792);
    expect(relay.overlaps).toBe(0);
  });

  it('says why it can’t run, and tries again where that may help', async () => {
    const { made, relay, person } = service();
    relay.taken.add(8790);
    person.port = 8790;
    const failed = { phase: 'failed', failure: { code: 'port-taken', facts: { port: 8790 } } };
    expect(await made.follow()).toEqual(failed);
    // Nothing is gained by trying the same port with every change of any setting.
    expect(await made.follow()).toEqual(failed);
    expect(relay.calls.filter((call) => call.startsWith('start'))).toHaveLength(1);
    person.port = 8791;
    expect(await made.follow()).toEqual(on(8791));
    relay.taken.clear();
    for (const port of [null, 8790]) {
      person.port = port;
      await made.follow();
    }
    expect(made.state).toEqual(on(8790));
  });

  it('writes a fault of ours down, and shows that there was one', async () => {
    const { made, relay, person, log } = service();
    relay.failure = new TypeError('boom');
    person.port = 8790;
    expect(await made.follow()).toEqual({ phase: 'failed', failure: { code: 'internal', facts: {} } });
    expect(log.lines.filter(([level]) => level === 'error')).toHaveLength(1);
  });

  it('follows this machine’s addresses while it is on', async () => {
    const { made, relay, told, person, changePlace } = service();
    changePlace();
    expect(told).toEqual([]);
    person.port = 80;
    await made.follow();
    // The usual port is no part of an address.
    expect(made.state).toMatchObject({ urls: ['http://192.168.0.2', 'http://[fd00::2]'] });
    relay.hosts = ['10.0.0.7'];
    changePlace();
    expect(told.at(-1)).toEqual({ phase: 'on', port: 80, urls: ['http://10.0.0.7'] });
    relay.hosts = [];
    changePlace();
    expect(relayInUse(null, made.state)).toBeNull();
  });

  it('tells of as many addresses as a page takes, the best ones', async () => {
    const { made, relay, person } = service();
    relay.hosts = Array.from({ length: 70 }, (_, n) => `172.17.${n}.1`);
    person.port = 8790;
    const state = await made.follow();
    expect(EmbeddedRelayState.parse(state)).toEqual(state);
    const { urls } = state as Extract<EmbeddedRelayState, { phase: 'on' }>;
    expect(urls).toHaveLength(MAX_EMBEDDED_RELAY_URLS);
    expect(urls[0]).toBe('http://172.17.0.1:8790');
  });

  it('is off for good once it was closed', async () => {
    const { made, relay, person } = service();
    person.port = 8790;
    await made.follow();
    await made.close();
    expect(relay.place).toBeNull();
    expect(await made.follow()).toEqual({ phase: 'off' });
  });

  it('is not to be had where a host has no sockets', async () => {
    const told: EmbeddedRelayState[] = [];
    const onChange = (state: EmbeddedRelayState) => told.push(state);
    const made = new EmbeddedRelayService({
      ...{ create: null, wantedPort: () => 8790, onChange },
      log: new FakeLog(),
    });
    expect(await made.follow()).toEqual({ phase: 'unavailable' });
    expect(told).toEqual([]);
  });

  it('is the relay of invites where none is set', () => {
    const own = on(8790);
    expect(relayInUse(null, own)).toBe('http://192.168.0.2:8790');
    expect(relayInUse('https://relay.example.org', own)).toBe('https://relay.example.org');
    expect(relayInUse(null, { phase: 'starting' })).toBeNull();
  });
});
