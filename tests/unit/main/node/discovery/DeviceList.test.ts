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
/** Hosts that neither answer nor refuse until their promise says so. */
let silences: Map<string, Promise<null>>;
/** Hosts that have read the question, and answer when their promise says so. */
let late: Map<string, Promise<DeviceCard>>;
let seen: string[];
/** The ids that were listed after each change. */
let shown: string[][];
let asked: string[];
let removals: number;
let list: DeviceList;
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const names = () => list.devices.map(({ device }) => device.name);

beforeEach(() => {
  answers = new Map();
  silences = new Map();
  late = new Map();
  seen = [];
  shown = [];
  asked = [];
  removals = 0;
  list = new DeviceList({
    fetchCard: ({ host }) => {
      asked.push(host);
      return silences.get(host) ?? late.get(host) ?? Promise.resolve(answers.get(host) ?? null);
    },
    onChange: () => shown.push(list.devices.map(({ device }) => device.deviceId)),
    onSeen: (deviceId) => seen.push(deviceId),
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

  it.each([1, 2])('believes a goodbye whatever %i checks bring that began before it', async (checks) => {
    answers.set('a', card(1));
    list.see(idOf(1), [at('a')]);
    await settled();
    let answerLate = (): void => undefined;
    late.set('a', new Promise((resolve) => (answerLate = () => resolve(card(1)))));
    for (let n = 0; n < checks; n++) list.see(idOf(1), [at('b')]);
    late.clear();
    answers.clear();
    list.doubt(idOf(1));
    await settled();
    answerLate();
    await settled();
    expect([names(), removals]).toEqual([[], 1]);
  });

  it('has a device no more, at once, where another one answers in its place', async () => {
    answers.set('a', card(1)).set('b', card(1));
    list.see(idOf(1), [at('a'), at('b')]);
    await settled();
    answers.set('a', card(2, 'device 1')).set('b', card(2, 'device 1'));
    list.checkAll();
    await settled();
    expect([names(), list.addressesOf(idOf(1)), removals]).toEqual([[], [], 1]);
  });

  it('never shows the device that was installed anew beside the one that it was', async () => {
    answers.set('a', card(1)).set('dead', card(1));
    list.see(idOf(1), [at('a'), at('dead')]);
    await settled();
    silences.set('dead', new Promise(() => undefined));
    answers.set('a', card(2, 'device 1'));
    list.see(idOf(2), [at('a')]);
    await settled();
    expect(list.devices.map(({ device }) => device.deviceId)).toEqual([idOf(2)]);
    expect(shown.filter((devices) => devices.length > 1)).toEqual([]);
  });

  it('keeps a device whose old address another one has, and that answers elsewhere', async () => {
    answers.set('a', card(1));
    list.see(idOf(1), [at('a'), at('b')]);
    await settled();
    answers.set('a', card(2)).set('b', card(1));
    list.see(idOf(2), [at('a')]);
    await settled();
    expect(names()).toEqual(['device 1', 'device 2']);
    expect(list.addressesOf(idOf(1))).toEqual([at('b')]);
    expect([seen, removals]).toEqual([[idOf(1), idOf(2), idOf(1)], 0]);
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

describe('a listed device', () => {
  const moved = () => expect.poll(() => list.addressesOf(idOf(1)));
  /** Device 1, answering at `a`. */
  const listed = async () => {
    answers.set('a', card(1));
    list.see(idOf(1), [at('a')], 'device 1');
    await settled();
    asked = [];
  };

  it('is known at its new address at once, while the dead one is still waited for', async () => {
    await listed();
    let giveUp = (): void => undefined;
    silences.set('a', new Promise((resolve) => (giveUp = () => resolve(null))));
    list.checkAll();
    answers.set('b', card(1));
    list.see(idOf(1), [at('b')], 'device 1');
    await moved().toEqual([at('b'), at('a')]);
    giveUp();
    await settled();
    list.checkAll();
    await settled();
    expect([names(), removals, seen]).toEqual([['device 1'], 0, [idOf(1), idOf(1)]]);
  });

  it('moves back as quickly, and what it named last comes before what it named earlier', async () => {
    await listed();
    for (const [from, to] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      answers.delete(from);
      answers.set(to, card(1));
      list.see(idOf(1), [at(to), at('c')]);
      await moved().toEqual([at(to), at('c'), at(from)]);
    }
    expect(seen).toHaveLength(3);
  });

  it('is known to be where it answered, and nowhere else that it names', async () => {
    await listed();
    list.see(idOf(1), [at('a'), at('b')]);
    await settled();
    expect(['a', 'b'].map((host) => list.answersAt(idOf(1), host))).toEqual([true, false]);
    expect(list.answersAt(idOf(2), 'a')).toBe(false);
  });

  it('stays where it answers, though it answers elsewhere, too', async () => {
    await listed();
    answers.set('b', card(1));
    list.see(idOf(1), [at('b')]);
    await settled();
    expect(list.addressesOf(idOf(1))).toEqual([at('a'), at('b')]);
    expect([asked, seen]).toEqual([['a', 'b'], [idOf(1)]]);
  });

  it('is not asked when an announcement says nothing new, and not seen again for answering', async () => {
    await listed();
    list.see(idOf(1), [at('b'), at('a')], 'device 1');
    await settled();
    expect(asked).toEqual([]);
    list.checkAll();
    await settled();
    expect([asked, seen]).toEqual([['a'], [idOf(1)]]);
  });

  it('is asked when it announces another name', async () => {
    await listed();
    answers.set('a', card(1, 'new name'));
    list.see(idOf(1), [at('a')], 'new name');
    await settled();
    expect([names(), seen]).toEqual([['new name'], [idOf(1)]]);
  });

  it('goes to a better kind of address when it names one that answers', async () => {
    answers.set('fe80::1%eth0', card(1));
    list.see(idOf(1), [at('fe80::1%eth0')]);
    await settled();
    answers.set('10.0.0.1', card(1));
    list.see(idOf(1), [at('10.0.0.1'), at('fe80::1%eth0')]);
    await settled();
    expect(list.addressesOf(idOf(1))).toEqual([at('10.0.0.1'), at('fe80::1%eth0')]);
  });

  it('is waited for twice at most, whatever is announced in its name', async () => {
    await listed();
    silences.set('a', new Promise(() => undefined)).set('b', new Promise(() => undefined));
    for (let n = 0; n < 20; n++) list.see(idOf(1), [at('b')]);
    await settled();
    expect(asked.sort()).toEqual(['a', 'a', 'b', 'b']);
  });

  it('is seen again when it answers after it had left the list', async () => {
    await listed();
    answers.delete('a');
    for (let round = 0; round < 2; round++) {
      list.checkAll();
      await settled();
    }
    answers.set('a', card(1));
    list.see(idOf(1), [at('a')]);
    await settled();
    expect([names(), removals, seen]).toEqual([['device 1'], 1, [idOf(1), idOf(1)]]);
  });
});
