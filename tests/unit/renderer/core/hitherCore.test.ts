import { expect, it } from 'vitest';
import { PageFiles } from '../../../../src/renderer/core/files/PageFiles';
import { HitherCore } from '../../../../src/renderer/core/HitherCore';
import { linkMaker } from '../../../support/FakePeerLink';
import { appState } from '../../../support/appState';
import { transfer } from '../../../support/harness/samples';
import { RecordingBackend } from '../../../support/RecordingBackend';

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
  const core = new HitherCore({
    backend,
    files: new PageFiles(() => Promise.resolve(null)),
    certificate: { fingerprint: 'f'.repeat(64), certificate: {} as RTCCertificate },
    createLink: linkMaker().createLink,
    createSideLink: () => {
      throw new Error('no side links here');
    },
  });
  core.start();
  await new Promise((resolve) => core.subscribe(() => resolve(undefined)));
  const shown = () =>
    core.getSnapshot().transfers.map(({ transferId, doneBytes }) => ({ transferId, doneBytes }));
  expect(shown()).toEqual([{ transferId: moving.transferId, doneBytes: 3 }]);
  backend.emit('transfers:changed', { changed: [{ ...moving, doneBytes: 4 }], gone: [] });
  expect(shown()).toEqual([{ transferId: moving.transferId, doneBytes: 4 }]);
});
