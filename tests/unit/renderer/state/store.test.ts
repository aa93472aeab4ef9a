import { describe, expect, it, vi } from 'vitest';
import { createAppModel } from '../../../../src/renderer/state/store';
import type { Sight } from '../../../../src/renderer/state/news/sight';
import { HitherError } from '../../../../src/shared/errors';
import { FakeCore } from '../../../support/fakeCore';
import { snapshotOf } from '../../../support/snapshotOf';
import { appState, deviceId, id, session, transfer } from '../../../support/harness/samples';

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

  const files = { kind: 'files', items: [{ kind: 'folder', path: 'photos' }] } as const;
  const target = { kind: 'device', deviceId: deviceId(2) } as const;

  it('sends from a card without a session on screen, and keeps what came of it until the next', async () => {
    const { core, model } = setUp();
    const sendings = () => model.store.getState().ui.sendings;
    model.sendTo(deviceId(2), 'B', files);
    expect(core.callsOf('sendFilesTo')).toEqual([[target, 'B', files.items]]);
    expect(model.store.getState().ui.view).toEqual({ kind: 'home' });
    expect(sendings()).toMatchObject([
      { deviceId: deviceId(2), what: { names: ['photos/'] }, outcome: { kind: 'waiting' } },
    ]);
    core.settle({ kind: 'ended', reason: 'declined', by: 'peer' });
    await vi.waitUntil(() => sendings()[0]?.outcome.kind === 'ended');
    model.sendTo(deviceId(3), 'C', { kind: 'text', text: 'hello' });
    expect(core.callsOf('sendTextTo')).toHaveLength(1);
    expect(sendings()).toHaveLength(2);
    model.sendTo(deviceId(2), 'B', files);
    expect(sendings().map(({ deviceId: to, outcome }) => [to, outcome.kind])).toEqual([
      [deviceId(3), 'waiting'],
      [deviceId(2), 'waiting'],
    ]);
    core.settle(new HitherError('source-missing'));
    await vi.waitUntil(() => sendings()[1]?.outcome.kind === 'failed');
  });

  it('sends again what did not arrive, and takes back what still waits', async () => {
    const { core, model } = setUp();
    const only = () => model.store.getState().ui.sendings[0];
    model.sendTo(deviceId(2), 'B', files);
    const { sendingId = 0 } = only() ?? {};
    core.settle({ kind: 'ended', reason: 'unreachable', by: 'none' });
    await vi.waitUntil(() => only()?.outcome.kind === 'ended');
    model.sendAgain(sendingId);
    expect(core.callsOf('sendFilesTo')).toHaveLength(2);
    expect(only()?.outcome).toEqual({ kind: 'waiting' });
    const again = only();
    model.forgetSending(again?.sendingId ?? 0);
    expect(core.callsOf('cancelSend')).toEqual([again?.sessionId]);
    expect(only()).toBeUndefined();
  });

  it('cancels the transfer of what is on its way, and not of what has arrived', async () => {
    const { core, model } = setUp();
    for (const phase of ['active', 'done'] as const) {
      core.set({ transfers: [transfer(1, { direction: 'send', phase })] });
      model.sendTo(deviceId(2), 'B', files);
      core.settle({ kind: 'sent', sentId: id(201) });
      const only = () => model.store.getState().ui.sendings[0];
      await vi.waitUntil(() => only()?.outcome.kind === 'sent');
      model.forgetSending(only()?.sendingId ?? 0);
    }
    expect(core.callsOf('transfers:cancel')).toEqual([{ transferId: id(201) }]);
  });

  it('accepts files where the person is, and everything in its own view', () => {
    const { core, model } = setUp();
    const asked = session(4, 'D', { state: { phase: 'asked' }, scope: 'files', direction: 'incoming' });
    core.set({ sessions: [asked] });
    model.acceptRequest(asked.sessionId, { dir: '/inbox' });
    expect(core.callsOf('accept')).toEqual([[asked.sessionId, { dir: '/inbox' }]]);
    expect(model.store.getState().ui.view).toEqual({ kind: 'home' });
  });

  it('tries a session that came in again at its device', () => {
    const { core, model } = setUp();
    model.tryAgain(id(101));
    expect(core.callsOf('connect')).toEqual([[{ kind: 'device', deviceId: deviceId(1) }, 'A']]);
  });

  it('knows no way back to a stranger who came by an invite, unless it is in the network', () => {
    const { core, model } = setUp();
    const { security, ...others } = session(7, 'G', {
      state: { phase: 'ended', reason: 'left', by: 'peer' },
    });
    if (!security) throw new Error('a session has a security');
    const came = {
      ...others,
      security: { ...security, proof: 'invite', trust: { state: 'unknown' } },
    } as const;
    const near = {
      device: { ...came.peer!, deviceId: deviceId(7) },
      address: '10.0.0.7:47117',
      isCompatible: true,
    };
    const nearby = core.getSnapshot().nearby!;
    core.set({ sessions: [came] });
    expect(model.putAway(came.sessionId)).toBeNull();
    core.set({ sessions: [came], nearby: { ...nearby, devices: [near] } });
    expect(model.putAway(came.sessionId)).not.toBeNull();
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
