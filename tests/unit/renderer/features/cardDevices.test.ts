import { expect, it } from 'vitest';
import { cardDevices } from '../../../../src/renderer/features/nearby/cardDevices';
import { deviceId, someDevices, someTrusted } from '../../../support/harness/samples';

const none = new Set<string>();

it('lists who is here, then trusted devices that are away, those seen last first', () => {
  const cards = cardDevices(someDevices, [...someTrusted].reverse(), [], none);
  expect(cards.map(({ name, presence }) => [name, presence])).toEqual([
    ['거실 데스크톱', 'online'],
    ['Mina’s MacBook Air', 'online'],
    ['build-server-with-a-really-long-name-01', 'online'],
    ['Old laptop 🐢', 'incompatible'],
    ['Build-server-with-a-really-long-name-01', 'away'],
  ]);
  const [first, second] = cardDevices([], someTrusted, [], none);
  expect([first?.deviceId, second?.deviceId]).toEqual([deviceId(1), deviceId(2)]);
});

it('calls a trusted device what this person calls it', () => {
  const [mina] = someTrusted;
  const named = [{ ...mina!, name: 'Sister' }];
  expect(cardDevices(someDevices, named, [], none)[1]?.name).toBe('Sister');
});

it('keeps a card for a device that something was sent to and that is gone', () => {
  const sent = [{ deviceId: deviceId(7), title: 'Visitor' }];
  expect(cardDevices([], [], sent, none)).toEqual([
    {
      deviceId: deviceId(7),
      name: 'Visitor',
      platform: null,
      appVersion: null,
      presence: 'away',
      lastSeenMs: null,
    },
  ]);
  expect(cardDevices(someDevices, [], [{ deviceId: deviceId(1), title: 'x' }], none)).toHaveLength(4);
});

it('leaves out those that have a card among the sessions', () => {
  const cards = cardDevices(someDevices, someTrusted, [], new Set([deviceId(1)]));
  expect(cards.map((card) => card.deviceId)).not.toContain(deviceId(1));
});

it('puts trusted devices that a relay leads to before others that are away', () => {
  const far = someTrusted.map((device, index) => ({
    ...device,
    deviceId: deviceId(70 + index),
    lastSeenMs: 100 - index,
  }));
  const last = far.at(-1)!.deviceId;
  const cards = cardDevices([], far, [], none, [last]);
  expect(cards[0]).toMatchObject({ deviceId: last, presence: 'reachable' });
  expect(cards.slice(1).every(({ presence }) => presence === 'away')).toBe(true);
});
