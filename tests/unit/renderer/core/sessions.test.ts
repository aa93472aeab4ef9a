import { describe, expect, it } from 'vitest';
import { LocalMedia } from '../../../../src/renderer/core/media/LocalMedia';
import { Sessions } from '../../../../src/renderer/core/session/Sessions';
import { linkMaker } from '../../../support/FakePeerLink';
import { RecordingBackend } from '../../../support/RecordingBackend';
import { known } from '../../../support/coreSession';

describe('Sessions', () => {
  it('shows a session anew once something of it has changed, and not before', () => {
    const backend = new RecordingBackend();
    const changed: string[] = [];
    const sessions = new Sessions({
      backend,
      certificate: {} as RTCCertificate,
      media: new LocalMedia(),
      createLink: linkMaker().createLink,
      createSideLink: () => {
        throw new Error('no side links here');
      },
      captureUnasked: () => Promise.reject(new Error('no screen')),
      readSource: () => Promise.reject(new Error('no source')),
      onChange: (sessionId) => changed.push(sessionId),
      onFailure: () => undefined,
      now: () => 5,
    });
    sessions.listen();
    const [kim, lee] = [known(), known({ sessionId: '9'.repeat(32) })];
    backend.emit('sessions:changed', kim);
    backend.emit('sessions:changed', lee);
    const before = sessions.views;
    expect(sessions.views[0]).toBe(before[0]);
    changed.length = 0;
    backend.emit('sessions:changed', { ...kim, trust: { state: 'name-taken', trustedName: 'Kim' } });
    expect(new Set(changed)).toEqual(new Set([kim.sessionId]));
    expect(sessions.views[0]?.security?.trust).toEqual({ state: 'name-taken', trustedName: 'Kim' });
    expect(sessions.views[1]).toBe(before[1]);
    backend.emit('sessions:ended', { sessionId: lee.sessionId, reason: 'left', by: 'peer' });
    expect(sessions.views[1]?.state).toEqual({ phase: 'ended', reason: 'left', by: 'peer' });
    const third = known({ sessionId: '8'.repeat(32) });
    backend.emit('sessions:changed', third);
    expect(sessions.views, 'a question is no session yet').toHaveLength(3);
    backend.emit('sessions:changed', { ...third, phase: 'connected' });
    expect(sessions.views.map(({ sessionId }) => sessionId)).toEqual([kim.sessionId, third.sessionId]);
    backend.emit('sessions:ended', { sessionId: third.sessionId, reason: 'left', by: 'peer' });
    sessions.dismiss(third.sessionId);
    expect(sessions.views).toHaveLength(1);
  });
});
