/** Recordings between two whole backends: who may write what, on a real disk, and what is left of it. */
import { mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordingsState } from '../../src/shared/contract/recordings';
import { HubPage } from '../support/lan/HubPage';
import { loopbackBackend } from '../support/lan/LoopbackBackend';
import { afterwards } from '../support/lan/opened';
import { newId } from '../support/lan/SessionEnd';
import { Tmpfs } from '../support/lab/Tmpfs';

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const KIB = 1024;

class Device {
  private constructor(
    readonly page: HubPage,
    readonly address: string,
    readonly dir: string,
    readonly close: () => Promise<void>,
  ) {}

  static async open(name: string): Promise<Device> {
    const { backend, address, close } = await loopbackBackend({ named: [], answered: null }, name);
    const page = await HubPage.open(backend);
    const dir = backend.settings.current.downloadsDir;
    await mkdir(dir, { recursive: true });
    let isOpen = true;
    const closeOnce = async (): Promise<void> => {
      if (!isOpen) return;
      isOpen = false;
      await close();
    };
    afterwards(closeOnce);
    return new Device(page, address, dir, closeOnce);
  }

  /** What its page was told last. */
  get recordings(): RecordingsState | undefined {
    return this.page.all('recordings:changed').at(-1);
  }

  write(recordingId: string, offsetBytes: number, length: number): Promise<unknown> {
    const bytes = new Uint8Array(length).fill(7);
    return this.page.request('recordings:write', { recordingId, offsetBytes, bytes });
  }
}

/** Two devices with a session that both know recordings of. */
async function pair() {
  const [anna, ben] = [await Device.open('Anna'), await Device.open('Ben')];
  const sessionId = newId();
  const target = { kind: 'address', address: ben.address } as const;
  await anna.page.request('sessions:connect', { sessionId, target });
  await ben.page.untilPhase(sessionId, 'asked');
  await ben.page.request('sessions:accept', { sessionId });
  for (const { page } of [anna, ben]) {
    await page.untilPhase(sessionId, 'verifying');
    await page.request('sessions:verify', { sessionId, trust: false });
  }
  for (const { page } of [anna, ben]) await page.untilPhase(sessionId, 'connected');
  await expect.poll(() => anna.recordings?.askable).toEqual([sessionId]);
  return { anna, ben, sessionId };
}

async function record({ anna, ben, sessionId }: Awaited<ReturnType<typeof pair>>): Promise<string> {
  const { recordingId } = await anna.page.request('recordings:ask', { sessionIds: [sessionId] });
  await expect.poll(() => ben.recordings?.theirs[0]?.recordingId).toBe(recordingId);
  await ben.page.request('recordings:answer', { sessionId, recordingId, isAllowed: true });
  await expect.poll(() => anna.recordings?.own?.phase).toBe('allowed');
  await anna.page.request('recordings:start', { recordingId, name: 'Recording Ben 14.03', ending: 'webm' });
  await expect.poll(() => ben.recordings?.theirs[0]?.phase).toBe('running');
  return recordingId;
}

describe('a recording', () => {
  it('is a new file that grows under its name, and overwrites nothing, be it a link', async () => {
    const both = await pair();
    const { anna } = both;
    const elsewhere = join(anna.dir, 'elsewhere');
    await symlink(elsewhere, join(anna.dir, 'Recording Ben 14.03.webm'));
    const recordingId = await record(both);
    await anna.write(recordingId, 0, 3);
    const path = join(anna.dir, 'Recording Ben 14.03 (1).webm');
    expect([...(await readFile(path))]).toEqual([7, 7, 7]);
    await anna.page.request('recordings:stop', {
      ...{ recordingId, patchAt: 1, failure: null },
      bytes: Uint8Array.of(1),
    });
    expect([...(await readFile(path))]).toEqual([7, 1, 7]);
    expect(anna.recordings?.ended?.file?.name).toBe('Recording Ben 14.03 (1).webm');
    await expect(stat(elsewhere)).rejects.toThrow();
  });

  it('is written by nobody without the yes of the other backend, whatever a page says', async () => {
    const { anna, ben, sessionId } = await pair();
    const { recordingId } = await anna.page.request('recordings:ask', { sessionIds: [sessionId] });
    const start = () =>
      anna.page.request('recordings:start', { recordingId, name: 'Recording', ending: 'webm' });
    await expect(start()).rejects.toThrow('not-allowed');
    await expect(anna.write(recordingId, 0, 1)).rejects.toThrow('not-allowed');
    await expect.poll(() => ben.recordings?.theirs).toHaveLength(1);
    // Nor does one answer for oneself, or say the words in the other one's place.
    await anna.page.request('recordings:answer', { sessionId, recordingId, isAllowed: true });
    const body = { type: 'recording-allowed', recordingId };
    await expect(
      anna.page.request('sessions:send', { sessionId, feature: 'recordings', body }),
    ).rejects.toThrow('bad-request');
    await expect(start()).rejects.toThrow('not-allowed');
    await ben.page.request('recordings:answer', { sessionId, recordingId, isAllowed: false });
    await expect.poll(() => anna.recordings?.ended?.reason).toBe('declined');
    await expect(start()).rejects.toThrow('not-allowed');
    expect(await readdir(anna.dir)).toEqual([]);
  });

  it('ends with the yes, with the session, and with the other backend, and is kept', async () => {
    const ways: ((both: Awaited<ReturnType<typeof pair>>, recordingId: string) => Promise<unknown>)[] = [
      ({ ben, sessionId }, recordingId) =>
        ben.page.request('recordings:withdraw', { sessionId, recordingId }),
      ({ ben, sessionId }) => ben.page.request('sessions:end', { sessionId, reason: 'left' }),
      ({ ben }) => ben.close(),
    ];
    for (const [index, end] of ways.entries()) {
      const both = await pair();
      const { anna } = both;
      const recordingId = await record(both);
      await anna.write(recordingId, 0, 5);
      await end(both, recordingId);
      await expect.poll(() => anna.recordings?.own?.phase).toBe('stopping');
      await anna.page.request('recordings:stop', { recordingId, patchAt: null, failure: null });
      const reason = index === 0 ? 'withdrawn' : 'session-ended';
      expect(anna.recordings?.ended).toMatchObject({ reason, peerName: 'Ben', file: { sizeBytes: 5 } });
      await anna.close();
      await both.ben.close();
    }
  });

  it('is told to a page that comes anew, on both sides', async () => {
    const both = await pair();
    const { anna, ben, sessionId } = both;
    const recordingId = await record(both);
    await anna.write(recordingId, 0, 5);
    const { recordings } = await ben.page.attach();
    expect(recordings.theirs).toMatchObject([{ recordingId, sessionId, phase: 'running' }]);
    anna.page.close();
    await expect.poll(() => ben.recordings?.theirs).toEqual([]);
    expect(await readdir(anna.dir)).toEqual(['Recording Ben 14.03.webm']);
  });
});

describe.skipIf(!canMount)('a recording on a disk that fills (needs root on Linux)', () => {
  it('ends with a word, and keeps what was there', async () => {
    const both = await pair();
    const { anna, ben } = both;
    const disk = await Tmpfs.mount(join(anna.dir, 'small'), 256 * KIB);
    try {
      await anna.page.request('settings:update', { downloadsDir: disk.dir });
      const recordingId = await record(both);
      await anna.write(recordingId, 0, 200 * KIB);
      await expect(anna.write(recordingId, 200 * KIB, 200 * KIB)).rejects.toThrow('disk-full');
      await expect
        .poll(() => anna.recordings?.ended)
        .toMatchObject({
          reason: 'failed',
          failure: { code: 'disk-full' },
          file: { sizeBytes: 200 * KIB },
        });
      await expect.poll(() => ben.recordings?.theirs).toEqual([]);
      const { size } = await stat(join(disk.dir, 'Recording Ben 14.03.webm'));
      expect(size).toBeGreaterThanOrEqual(200 * KIB);
    } finally {
      await disk.unmount();
    }
  });
});
