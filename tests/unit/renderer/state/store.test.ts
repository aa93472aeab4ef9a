import { describe, expect, it } from 'vitest';
import { createAppModel } from '../../../../src/renderer/state/store';
import type { Sight } from '../../../../src/renderer/state/sight';
import { HitherError } from '../../../../src/shared/errors';
import { FakeCore, snapshotOf } from '../../../support/fakeCore';
import { appState, deviceId, id, session } from '../../../support/harness/samples';

const sight: Sight = { isVisible: () => true, isWide: () => true, onChange: () => () => undefined };

function setUp() {
  const core = new FakeCore(snapshotOf(appState(), [session(1, 'A', { state: { phase: 'asked' } })]));
  return { core, model: createAppModel(core, sight) };
}

describe('AppModel', () => {
  it('follows the core until it is disposed of', () => {
    const { core, model } = setUp();
    core.set({ connection: 'lost' });
    expect(model.store.getState().core.connection).toBe('lost');
    model.dispose();
    core.set({ connection: 'ready' });
    expect(model.store.getState().core.connection).toBe('lost');
  });

  it('opens the session that it connects', () => {
    const { core, model } = setUp();
    model.connect({ kind: 'address', address: '10.0.0.2' }, '10.0.0.2');
    const { view } = model.store.getState().ui;
    expect(
      view.kind === 'session' &&
        core.getSnapshot().sessions.some((each) => each.sessionId === view.sessionId),
    ).toBe(true);
  });

  it('opens the session that it accepts', () => {
    const { core, model } = setUp();
    model.acceptRequest(id(101));
    expect(core.callsOf('accept')).toEqual([id(101)]);
    expect(model.store.getState().ui.view).toEqual({ kind: 'session', sessionId: id(101) });
  });

  it('tries an ended session again at the address it was for', () => {
    const { core, model } = setUp();
    const target = { kind: 'address', address: '10.0.0.2' } as const;
    model.connect(target, '10.0.0.2');
    const { view } = model.store.getState().ui;
    if (view.kind !== 'session') throw new Error('no session in view');
    model.tryAgain(view.sessionId);
    expect(core.callsOf('dismiss')).toEqual([view.sessionId]);
    expect(core.callsOf('connect')).toEqual([
      [target, '10.0.0.2'],
      [target, '10.0.0.2'],
    ]);
    expect(model.store.getState().ui.view).not.toEqual(view);
  });

  it('offers dropped files again when the session for them never came to be, and not when it did', () => {
    const { core, model } = setUp();
    const items = [{ kind: 'folder', path: 'photos' }] as const;
    const target = { kind: 'device', deviceId: deviceId(1) } as const;
    const viewed = () => {
      const { view } = model.store.getState().ui;
      return view.kind === 'session' ? view.sessionId : '';
    };
    model.sendTo(target, 'A', items);
    model.tryAgain(viewed());
    expect(core.callsOf('sendFilesTo')).toEqual([
      [target, 'A', items],
      [target, 'A', items],
    ]);
    core.accept(viewed());
    model.tryAgain(viewed());
    expect(core.callsOf('sendFilesTo')).toHaveLength(2);
    expect(core.callsOf('connect')).toEqual([[target, 'A']]);
  });

  it('tries a session that came in again at its device', () => {
    const { core, model } = setUp();
    model.tryAgain(id(101));
    expect(core.callsOf('connect')).toEqual([[{ kind: 'device', deviceId: deviceId(1) }, 'A']]);
  });

  it('keeps a failure to show instead of throwing it, and forgets it once', async () => {
    const { core, model } = setUp();
    await expect(model.attempt(() => Promise.reject(new HitherError('disk-full')))).resolves.toBe(false);
    core.fail({ code: 'connection-lost', facts: {} });
    const { failures } = model.store.getState();
    expect(failures.map(({ failure }) => failure.code)).toEqual(['disk-full', 'connection-lost']);
    model.forgetFailure(failures[0]?.id ?? -1);
    expect(model.store.getState().failures).toHaveLength(1);
  });

  it('puts a prompt off and brings it back', () => {
    const { model } = setUp();
    model.putOff('x');
    expect(model.store.getState().ui.later.has('x')).toBe(true);
    model.bringBack('x');
    expect(model.store.getState().ui.later.has('x')).toBe(false);
  });
});
