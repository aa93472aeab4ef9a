import { describe, expect, it } from 'vitest';
import { addressProblem } from '../../../../src/renderer/features/connect/addressProblem';

describe('addressProblem', () => {
  it.each([
    '192.168.0.12',
    ' 192.168.0.12:47117 ',
    'mina.local',
    'mina-desktop:1',
    'nas_1.lan:65535',
    '[fe80::1]',
    '[fe80::1%eth0]:47117',
    '[::ffff:10.0.0.1]:5000',
    '서버.local:47117',
  ])('takes %s', (typed) => {
    expect(addressProblem(typed)).toBeNull();
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['http://192.168.0.12:47117', 'scheme'],
    ['192.168 .0.12', 'spaces'],
    ['192.168.0.12:', 'port'],
    ['192.168.0.12:0', 'port'],
    ['192.168.0.12:65536', 'port'],
    ['192.168.0.12:4x', 'port'],
    ['fe80::1', 'v6'],
    ['fe80::1:47117', 'v6'],
    ['[fe80::1]:99999', 'port'],
    ['[fe80::1', 'host'],
    ['192.168.0.300', 'host'],
    ['192.168.0', 'host'],
    ['-mina', 'host'],
    ['mina..local', 'host'],
    ['mina/path', 'host'],
    [`${'a'.repeat(64)}.local`, 'host'],
  ])('refuses %j because of its %s', (typed, problem) => {
    expect(addressProblem(typed)).toBe(problem);
  });

  it('answers at once even to what is made to be slow', () => {
    const started = performance.now();
    addressProblem(`${'a-'.repeat(120)}!`);
    addressProblem(`${'a'.repeat(250)}:`);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
