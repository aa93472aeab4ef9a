import { describe, expect, it } from 'vitest';
import type { DoctorProbes, DoctorQuestion, Measurements } from '../../../src/backend/doctor/measurements';
import { readDoctorLine, runDoctorLine } from '../../../src/main/runDoctorLine';

const measured: Measurements = {
  system: 'linux',
  interfaces: [{ name: 'eth0', kind: 'wired', addresses: ['192.168.0.2'] }],
  multicast: [{ name: 'eth0', family: 'IPv4', word: null, isHeard: true }],
  devices: [
    {
      ...{ deviceId: 'a'.repeat(32), name: 'Lamp', address: '192.168.0.9', answer: 'card', word: null },
      wayBack: { isSeen: true, isReached: false },
    },
  ],
  address: null,
  internet: null,
};

async function printed(args: string[], change: Partial<Measurements> = {}, language: 'en' | 'ko' = 'en') {
  const lines: string[] = [];
  const asked: DoctorQuestion[] = [];
  const probes: DoctorProbes = {
    measure: (question) => {
      asked.push(question);
      return Promise.resolve({ ...measured, ...change });
    },
  };
  const line = readDoctorLine(args, language);
  if (line.kind === 'print') throw new Error(line.text);
  const exitCode = await runDoctorLine(line, probes, (text) => lines.push(text));
  return { lines, asked, exitCode };
}

describe('the doctor in a terminal', () => {
  it('says each thing, what to do, and ends with 1 for a problem', async () => {
    const { asked, exitCode, lines } = await printed([]);
    expect(lines).toContain('✗ Lamp (192.168.0.9) answers, and can’t call this device.');
    expect(lines).toContain(
      '  Allow TCP port 47117 and UDP port 5353, such as: sudo ufw allow 47117/tcp; sudo ufw allow 5353/udp',
    );
    expect(lines.at(-1)).toBe('Problems found: 1');
    expect(exitCode).toBe(1);
    expect(asked).toEqual([{ ownId: null, mayLookAround: true, address: null, internet: null }]);
  });

  it('ends with 0 where hints are all there is, in Korean too', async () => {
    const { exitCode, lines } = await printed([], { devices: [] }, 'ko');
    expect(exitCode).toBe(0);
    expect(lines).toContain('? 응답한 기기가 없어요.');
    expect(lines.join()).not.toContain('{{');
  });

  it('asks the internet only for a relay that is named', async () => {
    const { asked } = await printed(['--', '--relay', 'https://relay.example.org']);
    expect(asked[0]?.internet).toEqual({ relayUrl: 'https://relay.example.org', iceServers: [] });
  });

  it.each([['--relay'], ['--relay', 'ftp://a'], ['--relay=relay.example.org'], ['--what'], ['word']])(
    'does not understand %s %s',
    (...args) => {
      expect(readDoctorLine(args.filter(Boolean), 'en')).toMatchObject({ kind: 'print', exitCode: 2 });
    },
  );

  it('explains itself', () => {
    expect(readDoctorLine(['--help'], 'ko')).toMatchObject({ kind: 'print', exitCode: 0 });
  });
});
