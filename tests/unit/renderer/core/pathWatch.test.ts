import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PathWatch } from '../../../../src/renderer/core/peer/PathWatch';

/** A connection of which the test says what came over which pair. */
function watched() {
  const pairs = new Map<string, number>([['a', 1]]);
  const log: string[] = [];
  const connection = { selected: 'a', isBroken: false, answersMs: 0, roundTripS: 0 };
  const watch = new PathWatch({
    report: () => {
      if (connection.isBroken) return Promise.reject(new Error('closed'));
      const stats = [...pairs].map(([id, packetsReceived]) => ({
        id,
        type: 'candidate-pair',
        packetsReceived,
        currentRoundTripTime: connection.roundTripS,
      }));
      const transport = { id: 't', type: 'transport', selectedCandidatePairId: connection.selected };
      const report = new Map([...stats, transport].map((one) => [one.id, one]));
      return Promise.resolve(report as unknown as RTCStatsReport);
    },
    poke: () => {
      log.push('poke');
      if (connection.answersMs > 0)
        setTimeout(() => pairs.set('a', (pairs.get('a') ?? 0) + 1), connection.answersMs);
    },
    onSilent: () => log.push('silent'),
    onHeard: () => log.push('heard'),
    onPair: () => log.push(`pair ${connection.selected}`),
  });
  watch.start();
  /** Time passes while something comes over a pair, or nothing. */
  const pass = async (ms: number, id?: string): Promise<void> => {
    for (let left = ms; left > 0; left -= 100) {
      if (id !== undefined) pairs.set(id, (pairs.get(id) ?? 0) + 1);
      await vi.advanceTimersByTimeAsync(100);
    }
  };
  return { watch, log, connection, pass };
}

describe('the watch of a path', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('says nothing of a connection on which something comes', async () => {
    const { log, pass } = watched();
    await pass(20_000, 'a');
    expect(log).toEqual(['pair a']);
  });

  it('has the peer answer when nothing comes, and tells of silence once, within 2.25 seconds', async () => {
    const { log, pass } = watched();
    await pass(5_000, 'a');
    await pass(1_400);
    expect(log).not.toContain('silent');
    expect(log).toContain('poke');
    await pass(850);
    expect(log).toContain('silent');
    await pass(10_000);
    expect(log.filter((word) => word === 'silent')).toHaveLength(1);
  });

  it('never tells of silence where nothing is sent but each poke is answered', async () => {
    const { log, connection, pass } = watched();
    connection.answersMs = 900;
    await pass(60_000);
    expect(log.filter((word) => word !== 'poke')).toEqual(['pair a']);
  });

  it('gives a far peer two round trips more to answer, and no more', async () => {
    const { log, connection, pass } = watched();
    Object.assign(connection, { answersMs: 1_900, roundTripS: 0.6 });
    await pass(60_000);
    expect(log).not.toContain('silent');
    connection.answersMs = 0;
    await pass(5_000);
    expect(log).toContain('silent');
  });

  it('tells when something comes again, over whichever pair, and of the pair in use', async () => {
    const { log, connection, pass } = watched();
    await pass(5_000);
    connection.selected = 'b';
    await pass(1_000, 'b');
    expect(log.filter((word) => word !== 'poke')).toEqual(['pair a', 'silent', 'pair b', 'heard']);
  });

  it('counts a report that fails as silence, and ends', async () => {
    const { watch, log, connection, pass } = watched();
    connection.isBroken = true;
    await pass(3_000);
    expect(log).toContain('silent');
    const count = log.length;
    // A report is on its way.
    vi.advanceTimersToNextTimer();
    watch.stop();
    await pass(5_000);
    expect(log).toHaveLength(count);
  });
});
