import { describe, expect, it } from 'vitest';
import {
  RecordingControl,
  type RecordingBrowser,
} from '../../../../../src/renderer/core/media/recording/RecordingControl';
import type { Scene } from '../../../../../src/renderer/core/media/recording/scene';
import type { CoreSnapshot } from '../../../../../src/renderer/core/types';
import type { OwnRecording } from '../../../../../src/shared/contract/recordings';
import { HitherError } from '../../../../../src/shared/errors';
import { RecordingBackend } from '../../../../support/RecordingBackend';

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const recordingId = '7'.repeat(32);
const own = (phase: OwnRecording['phase']): OwnRecording => ({
  ...{ recordingId, sessionIds: ['1'.repeat(32)], phase },
  ...{ waitsUntilMs: null, startedMs: null, sizeBytes: 0 },
});

/** A page whose browser writes down what it records. */
function page({ canRecord = true } = {}) {
  const backend = new RecordingBackend();
  const said: string[] = [];
  let scene: Scene = { picture: null, sounds: [] };
  let snapshot: Pick<CoreSnapshot, 'recordings' | 'connection'> = {
    recordings: { own: null, theirs: [], ended: null, askable: [] },
    connection: 'ready',
  };
  const listeners: (() => void)[] = [];
  const sources: { fail: (error: unknown) => void } = { fail: () => undefined };
  const browser: RecordingBrowser = {
    canRecord: () => canRecord,
    format: () => ({ mimeType: 'video/webm', ending: 'webm' }),
    createRecorder: ({ onFailure }) => {
      said.push('begin');
      sources.fail = onFailure;
      return {
        show: (next) => said.push(next === scene ? 'show' : 'stale'),
        stop: () => Promise.resolve({ patchAt: 5, bytes: Uint8Array.of(1) }).finally(() => said.push('stop')),
        abandon: () => said.push('abandon'),
      };
    },
  };
  const control = new RecordingControl(
    {
      backend,
      getSnapshot: () => snapshot,
      subscribe: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
      sceneOf: () => scene,
    },
    browser,
  );
  control.start();
  const tell = async (
    phase: OwnRecording['phase'] | null,
    connection: CoreSnapshot['connection'] = 'ready',
  ): Promise<void> => {
    const recordings = { ...snapshot.recordings, own: phase && own(phase) };
    snapshot = { recordings, connection };
    for (const listener of listeners) listener();
    await settle();
  };
  return { backend, control, said, tell, sources, show: (next: Scene) => (scene = next) };
}

describe('RecordingControl', () => {
  it('captures nothing before everybody has said yes and the file is open', async () => {
    const { backend, control, said, tell } = page();
    await control.ask(['1'.repeat(32)], () => 'Recording Ben');
    await tell('asking');
    expect(said).toEqual([]);
    await tell('allowed');
    expect(backend.argsOf('recordings:start')).toEqual([
      { recordingId, name: 'Recording Ben', ending: 'webm' },
    ]);
    expect(said).toEqual(['begin']);
  });

  it('goes on with what is on the stage, and hands everything over at the end', async () => {
    const { backend, control, said, tell, show } = page();
    await tell('allowed');
    show({ picture: 'hold', sounds: [] });
    await tell('running');
    expect(said).toEqual(['begin', 'show']);
    // A person presses twice.
    control.stop();
    control.stop();
    await settle();
    expect(said.filter((word) => word === 'stop')).toHaveLength(1);
    expect(backend.argsOf('recordings:stop')).toMatchObject([{ recordingId, patchAt: 5, failure: null }]);
  });

  it('stops by itself, once, when somebody takes their yes back', async () => {
    const { backend, said, tell } = page();
    await tell('allowed');
    await tell('running');
    await tell('stopping');
    await tell('stopping');
    expect(said.filter((word) => word === 'stop')).toHaveLength(1);
    expect(backend.argsOf('recordings:stop')).toHaveLength(1);
  });

  it('lets go of everything where the backend has ended it, is gone, or has another page', async () => {
    const ends: Parameters<ReturnType<typeof page>['tell']>[] = [
      [null],
      ['running', 'lost'],
      ['running', 'superseded'],
    ];
    for (const end of ends) {
      const { said, tell } = page();
      await tell('allowed');
      await tell('running');
      await tell(...end);
      expect(said.at(-1)).toBe('abandon');
    }
  });

  it('tells the backend why it could not go on', async () => {
    const { backend, tell, sources } = page();
    await tell('allowed');
    sources.fail(new HitherError('disk-slow'));
    await settle();
    expect(backend.argsOf('recordings:stop')).toMatchObject([{ failure: { code: 'disk-slow' } }]);
  });

  it('asks nobody where this browser can’t record', async () => {
    const { backend, control } = page({ canRecord: false });
    await expect(control.ask(['1'.repeat(32)], () => '')).rejects.toMatchObject({ code: 'recording-unable' });
    expect(backend.argsOf('recordings:ask')).toEqual([]);
  });
});
