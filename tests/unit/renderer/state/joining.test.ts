import { describe, expect, it, vi } from 'vitest';
import { createAppModel } from '../../../../src/renderer/state/store';
import type { Sight } from '../../../../src/renderer/state/news/sight';
import { FakeCore } from '../../../support/fakeCore';
import { snapshotOf } from '../../../support/snapshotOf';
import { appState, id, session } from '../../../support/harness/samples';
import { codeInvite, linkInvite } from '../../../support/sampleInvites';

const sight: Sight = { isVisible: () => true, isWide: () => true, onChange: () => () => undefined };
const CODE = '7-ripe-lantern';

function setUp() {
  const core = new FakeCore(snapshotOf(appState(), [session(1, 'A')]));
  const model = createAppModel(core, sight);
  return { core, model, ui: () => model.store.getState().ui };
}

describe('coming by an invite', () => {
  it('says so in the field, and opens the session that it led to', async () => {
    const { core, model, ui } = setUp();
    model.comeBy(CODE);
    expect(ui()).toMatchObject({
      view: { kind: 'home' },
      joining: { text: CODE, attempt: { kind: 'coming' } },
    });
    core.settleComing(session(2, 'Anna'));
    await vi.waitUntil(() => ui().view.kind === 'session');
    expect(ui().joining).toEqual({ text: '', attempt: { kind: 'none' } });
  });

  it('opens nothing for somebody who is in another session by then', async () => {
    const { core, model, ui } = setUp();
    model.comeBy(CODE);
    const view = { kind: 'session', sessionId: id(101) } as const;
    model.show(view);
    core.settleComing(session(2, 'Anna'));
    await vi.waitUntil(() => ui().joining.attempt.kind === 'none');
    expect(ui().view).toEqual(view);
  });

  it('keeps the words to correct, and what was wrong with them until they are', async () => {
    const { core, model, ui } = setUp();
    model.comeBy(CODE);
    core.failComing({ code: 'wrong-code', facts: { left: 2 } });
    await vi.waitUntil(() => ui().joining.attempt.kind === 'failed');
    expect(ui().joining).toEqual({
      text: CODE,
      attempt: { kind: 'failed', failure: { code: 'wrong-code', facts: { left: 2 } } },
    });
    model.typeJoin('7-ripe-lanter');
    expect(ui().joining.attempt).toEqual({ kind: 'none' });
  });

  it('can be taken back, and says nothing of that', async () => {
    const { model, ui } = setUp();
    model.comeBy(CODE);
    model.stopComing();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(ui().joining).toEqual({ text: CODE, attempt: { kind: 'none' } });
  });

  it('is not told of what came of the try before', async () => {
    const { core, model, ui } = setUp();
    model.comeBy(CODE);
    model.comeBy('8-calm-harbor');
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(ui().joining).toEqual({ text: '8-calm-harbor', attempt: { kind: 'coming' } });
    expect(core.callsOf('comeBy')).toEqual([CODE, '8-calm-harbor']);
  });
});

describe('the dialog of an invite', () => {
  it('follows its invite, and says how that ended', () => {
    const { core, model, ui } = setUp();
    const invite = linkInvite(1);
    core.set({ invites: [codeInvite(2), invite] });
    model.open({ kind: 'invite', invite, end: null });
    const trouble = { code: 'relay-unreachable', facts: {} } as const;
    core.set({ invites: [{ ...invite, trouble }] });
    expect(ui().dialog).toMatchObject({ invite: { trouble } });
    core.emit('invites:ended', { invite: { ...invite, guests: ['Ben'] }, end: 'used' });
    core.set({ invites: [] });
    expect(ui().dialog).toMatchObject({ kind: 'invite', invite: { guests: ['Ben'] }, end: 'used' });
  });

  it('is told of no other invite, and closes when its own is gone without a word', () => {
    const { core, model, ui } = setUp();
    const [invite, other] = [codeInvite(1), codeInvite(2)];
    // As just made: the page's own list has it a moment later.
    model.open({ kind: 'invite', invite, end: null });
    core.set({ invites: [other] });
    expect(ui().dialog).toMatchObject({ invite, end: null });
    core.set({ invites: [other, invite] });
    core.emit('invites:ended', { invite: other, end: 'burned' });
    expect(ui().dialog).toMatchObject({ invite, end: null });
    core.set({ invites: [] });
    expect(ui().dialog).toEqual({ kind: 'none' });
  });
});
