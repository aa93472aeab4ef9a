import { describe, expect, it } from 'vitest';
import { LocalMedia } from '../../../../src/renderer/core/media/LocalMedia';
import { Sessions } from '../../../../src/renderer/core/session/Sessions';
import { HitherError } from '../../../../src/shared/errors';
import { linkMaker } from '../../../support/FakePeerLink';
import { RecordingBackend } from '../../../support/RecordingBackend';
import { known } from '../../../support/coreSession';

function sessionsOn(backend: RecordingBackend): { sessions: Sessions; changed: string[] } {
  const changed: string[] = [];
  const sessions = new Sessions({
    backend,
    certificate: {} as RTCCertificate,
    media: new LocalMedia(),
    preferences: () => ({ hideAddress: false, iceServers: [] }),
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
  return { sessions, changed };
}

describe('Sessions', () => {
  it('shows a session anew once something of it has changed, and not before', () => {
    const backend = new RecordingBackend();
    const { sessions, changed } = sessionsOn(backend);
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

  it('shows nothing of an invite that leads nowhere', async () => {
    const failing = new RecordingBackend({
      'sessions:connect': () => Promise.reject(new HitherError('wrong-code', { left: 2 })),
    });
    const { sessions } = sessionsOn(failing);
    const { sessionId, outcome } = sessions.comeBy('7-ripe-lantern');
    expect(sessions.views).toEqual([]);
    await expect(outcome).rejects.toMatchObject({ code: 'wrong-code' });
    expect(sessions.views).toEqual([]);
    expect(sessions.get(sessionId)).toBeUndefined();
    expect(failing.argsOf('sessions:connect')).toEqual([
      { sessionId, target: { kind: 'invite', invite: '7-ripe-lantern' } },
    ]);
  });

  it('shows the session that an invite led to, whichever tells of it first', async () => {
    for (const isEventFirst of [true, false]) {
      const backend: RecordingBackend = new RecordingBackend({
        'sessions:connect': ({ sessionId }) => {
          const info = known({ sessionId, role: 'dialer', phase: 'connected' });
          if (isEventFirst) backend.emit('sessions:changed', info);
          return info;
        },
      });
      const { sessions } = sessionsOn(backend);
      const { sessionId, outcome } = sessions.comeBy('7-ripe-lantern');
      await outcome;
      expect(sessions.views).toMatchObject([{ sessionId, direction: 'outgoing', isConnected: true }]);
    }
  });

  it('takes an invite back that is being come by', async () => {
    let refuse: (error: HitherError) => void = () => undefined;
    const backend = new RecordingBackend({
      'sessions:connect': () => new Promise((_resolve, reject) => (refuse = reject)),
    });
    const { sessions } = sessionsOn(backend);
    const { sessionId, outcome, cancel } = sessions.comeBy('7-ripe-lantern');
    cancel();
    expect(backend.argsOf('sessions:end')).toEqual([{ sessionId, reason: 'left' }]);
    expect(sessions.views).toEqual([]);
    refuse(new HitherError('cancelled'));
    await expect(outcome).rejects.toMatchObject({ code: 'cancelled' });
  });
});
