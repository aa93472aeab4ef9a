import { expect, it, vi } from 'vitest';
import { PageFiles } from '../../../../src/renderer/core/files/PageFiles';
import { Pictures } from '../../../../src/renderer/core/files/Pictures';
import { HitherCore } from '../../../../src/renderer/core/HitherCore';
import type { LocalItem } from '../../../../src/renderer/core/types';
import { known, sessionId } from '../../../support/coreSession';
import { linkMaker } from '../../../support/FakePeerLink';
import { appState } from '../../../support/appState';
import { transfer } from '../../../support/harness/samples';
import { linkInvite } from '../../../support/sampleInvites';
import { RecordingBackend } from '../../../support/RecordingBackend';

function coreOn(backend: RecordingBackend) {
  const files = new PageFiles(() => Promise.resolve(null));
  const core = new HitherCore({
    backend,
    files,
    pictures: new Pictures(backend, files, (picture) => Promise.resolve(picture)),
    folders: { kind: 'input' },
    certificate: { fingerprint: 'f'.repeat(64), certificate: {} as RTCCertificate },
    createLink: linkMaker().createLink,
    createSideLink: () => {
      throw new Error('no side links here');
    },
  });
  core.start();
  return { core, files };
}

const aFile = (path: string): LocalItem => ({
  kind: 'file',
  file: new File(['hello'], path),
  path,
  sizeBytes: 5,
});

it('a change of transfers that overtakes the list it builds on is not lost', async () => {
  const [withdrawn, moving] = [transfer(1), transfer(2, { doneBytes: 1 })];
  const backend = new RecordingBackend({
    'app:attach': () => {
      backend.emit('transfers:changed', {
        changed: [{ ...moving, doneBytes: 2 }],
        gone: [withdrawn.transferId],
      });
      backend.emit('transfers:changed', { changed: [{ ...moving, doneBytes: 3 }], gone: [] });
      return { ...appState, transfers: [withdrawn, moving] };
    },
  });
  const { core } = coreOn(backend);
  await new Promise((resolve) => core.subscribe(() => resolve(undefined)));
  const shown = () =>
    core.getSnapshot().transfers.map(({ transferId, doneBytes }) => ({ transferId, doneBytes }));
  expect(shown()).toEqual([{ transferId: moving.transferId, doneBytes: 3 }]);
  backend.emit('transfers:changed', { changed: [{ ...moving, doneBytes: 4 }], gone: [] });
  expect(shown()).toEqual([{ transferId: moving.transferId, doneBytes: 4 }]);
});

it('keeps files for a device that has not answered while another page is in use, says so, and offers them then', async () => {
  const backend = new RecordingBackend({
    'app:attach': () => ({ ...appState, sessions: [] }),
    'sessions:connect': ({ sessionId: asked, target }) => {
      if (target.kind === 'address') return new Promise(() => undefined);
      return known({ sessionId: asked, phase: 'asking' });
    },
    'transfers:offer': () => ({ transferId: '5'.repeat(32) }),
  });
  const { core } = coreOn(backend);
  await vi.waitUntil(() => core.getSnapshot().connection === 'ready');
  const target = { kind: 'device', deviceId: '2'.repeat(32) } as const;
  const { sessionId: dialed } = core.sendFilesTo(target, 'Kim', [aFile('a'), aFile('b')]);
  core.sendFilesTo({ kind: 'address', address: '192.0.2.9' }, '192.0.2.9', [aFile('c')]);
  await vi.waitUntil(() => backend.argsOf('app:hold').length > 0);
  expect(backend.argsOf('app:hold').at(-1)).toEqual({
    sends: [
      { peerName: 'Kim', fileCount: 2 },
      { peerName: '192.0.2.9', fileCount: 1 },
    ],
    isSharing: false,
  });
  backend.emit('app:superseded', { waiting: [], other: { sends: [], isSharing: false } });
  expect(core.getSnapshot().connection).toBe('superseded');
  expect(core.getSnapshot().sessions.map(({ state }) => state.phase)).toEqual(['ended', 'ended']);
  // Meanwhile Kim has said yes to the other page, and nobody has answered at the address.
  backend.answers['app:attach'] = () => ({
    ...appState,
    sessions: [known({ sessionId: dialed, phase: 'connected', isVerified: true, isPeerVerified: true })],
  });
  await core.useHere();
  await vi.waitUntil(() => backend.argsOf('transfers:offer').length > 0);
  expect(backend.argsOf('transfers:offer')).toMatchObject([
    { sessionId: dialed, items: [{ path: 'a' }, { path: 'b' }] },
  ]);
  expect(core.getSnapshot()).toMatchObject({ connection: 'ready', aside: null });
  expect(core.getSnapshot().sessions.map(({ state }) => state.phase)).not.toContain('ended');
});

it('lets go of the files of transfers that ended while another page was in use, and keeps the others', async () => {
  const ids = ['5'.repeat(32), '6'.repeat(32), '7'.repeat(32)];
  const backend: RecordingBackend = new RecordingBackend({
    'app:attach': () => ({
      ...appState,
      sessions: [known({ phase: 'connected', isVerified: true, isPeerVerified: true })],
    }),
    'transfers:offer': () => ({ transferId: ids[backend.argsOf('transfers:offer').length - 1]! }),
  });
  const { core, files } = coreOn(backend);
  await vi.waitUntil(() => core.getSnapshot().connection === 'ready');
  for (const name of ['going', 'done', 'forgotten']) await core.sendFiles(sessionId, [aFile(name)]);
  const sources = backend
    .argsOf('transfers:offer')
    .flatMap(({ items }) => items.flatMap((item) => (item.kind === 'page-file' ? item.sourceId : [])));
  backend.emit('app:superseded', { waiting: [], other: { sends: [], isSharing: false } });
  backend.answers['app:attach'] = () => ({
    ...appState,
    transfers: [
      transfer(1, { transferId: ids[0]!, phase: 'active' }),
      transfer(2, { transferId: ids[1]!, phase: 'done' }),
    ],
  });
  await core.useHere();
  const isKept = (sourceId: string): boolean => {
    try {
      return files.slice(sourceId, 0, 5).size === 5;
    } catch {
      return false;
    }
  };
  expect(sources.map(isKept)).toEqual([true, false, false]);
  // Those of another page have other names.
  const other = await new PageFiles(() => Promise.resolve(null)).offerItems([aFile('x')]);
  expect(sources).not.toContain(other.sourceIds[0]);
});

it('mirrors the invites that are open', async () => {
  const backend = new RecordingBackend({
    'app:attach': () => ({ ...appState, invites: [linkInvite(1)] }),
  });
  const { core } = coreOn(backend);
  await vi.waitUntil(() => core.getSnapshot().invites.length === 1);
  const trouble = { code: 'relay-unreachable', facts: {} } as const;
  backend.emit('invites:changed', { invites: [linkInvite(1, { trouble }), linkInvite(2)] });
  expect(core.getSnapshot().invites).toMatchObject([{ trouble }, { trouble: null }]);
});
