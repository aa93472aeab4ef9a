import { beforeEach, describe, expect, it } from 'vitest';
import { DeviceList } from '../../../../../src/main/node/discovery/DeviceList';
import type { DeviceCard } from '../../../../../src/shared/protocol/lan';

const idOf = (n: number): string => n.toString(16).padStart(32, '0');
const at = (host: string) => ({ host, port: 1 });
const card = (n: number, name = `device ${n}`): DeviceCard => ({
  hither: { min: 1, max: 1 },
  device: { deviceId: idOf(n), name, platform: 'linux', appVersion: '0.1.0' },
});

let answers: Map<string, DeviceCard>;
let asked: string[];
let removals: number;
let list: DeviceList;
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const names = () => list.devices.map(({ device }) => device.name);

beforeEach(() => {
  answers = new Map();
  asked = [];
  removals = 0;
  list = new DeviceList({
    fetchCard: ({ host }) => {
      asked.push(host);
      return Promise.resolve(answers.get(host) ?? null);
    },
    onChange: () => undefined,
    onRemoved: () => {
      removals += 1;
    },
  });
});

describe('the list of devices', () => {
  it('shows a device once its card answers under the announced id', async () => {
    answers.set('a', card(1)).set('b', card(2));
    list.see(idOf(1), [at('a')]);
    list.see(idOf(3), [at('b')]);
    await settled();
    expect(names()).toEqual(['device 1']);
    expect(list.addressesOf(idOf(3))).toEqual([]);
  });

  it('forgives one silence and not two, and asks every address before it gives up', async () => {
    answers.set('a', card(1));
    list.see(idOf(1), [at('a'), at('b')]);
    await settled();
    answers.delete('a');
    list.checkAll();
    await settled();
    expect(names()).toEqual(['device 1']);
    asked = [];
    list.checkAll();
    await settled();
    expect(asked.sort()).toEqual(['a', 'b']);
    expect([names(), removals]).toEqual([[], 1]);
  });

  it('moves with a device to another address', async () => {
    answers.set('a', card(1));
    list.see(idOf(1), [at('a'), at('b')]);
    await settled();
    answers.delete('a');
    answers.set('b', card(1));
    list.checkAll();
    await settled();
    list.checkAll();
    await settled();
    expect(list.addressesOf(idOf(1))[0]).toEqual(at('b'));
    expect(list.devices[0]?.address).toBe('b');
  });

  it('believes a goodbye only of a device that is silent', async () => {
    answers.set('a', card(1)).set('b', card(2));
    list.see(idOf(1), [at('a')]);
    list.see(idOf(2), [at('b')]);
    await settled();
    answers.delete('b');
    list.doubt(idOf(1));
    list.doubt(idOf(2));
    await settled();
    expect(names()).toEqual(['device 1']);
  });

  it('takes names and versions from the card', async () => {
    answers.set('a', { ...card(1, 'new name'), hither: { min: 8, max: 9 } });
    list.see(idOf(1), [at('a')]);
    await settled();
    expect(list.devices[0]).toMatchObject({ device: { name: 'new name' }, isCompatible: false });
  });

  it('asks a device that has never answered less and less often', async () => {
    list.see(idOf(1), [at('a')]);
    for (let round = 0; round < 64; round++) {
      await settled();
      list.checkAll();
    }
    expect(asked.length).toBeLessThan(12);
    expect(removals).toBe(0);
  });

  it('holds 256 devices, and lets no made-up ones keep real ones out', async () => {
    for (let n = 1; n <= 300; n++) list.see(idOf(n), [at('nowhere')]);
    await settled();
    for (let n = 1001; n <= 1300; n++) {
      answers.set(`h${n}`, card(n));
      list.see(idOf(n), [at(`h${n}`)]);
    }
    await settled();
    expect(list.devices).toHaveLength(256);
  });
});
