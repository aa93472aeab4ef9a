import { describe, expect, it } from 'vitest';
import { viewAfterCodes } from '../../../../src/renderer/state/codeView';
import type { Sending } from '../../../../src/renderer/state/sendings';
import { initialUiState } from '../../../../src/renderer/state/uiState';
import { snapshotOf } from '../../../support/snapshotOf';
import { appState, session, verifying } from '../../../support/harness/samples';

const home = { kind: 'home' } as const;
const other = session(3, 'C');
const inOther = { kind: 'session', sessionId: other.sessionId } as const;
const forFiles = { scope: 'files' } as const;
const asking = session(2, 'B', { state: { phase: 'asking' }, ...forFiles });
const comparing = { ...verifying(2, 'B'), ...forFiles };
const connected = session(2, 'B', forFiles);
const code = { kind: 'session', sessionId: comparing.sessionId } as const;
const of = (...sessions: Parameters<typeof snapshotOf>[1] & object) =>
  snapshotOf(appState(), [other, ...sessions]);

describe('a code that has to be compared for files', () => {
  it('comes up by itself, and the person is back home when it was compared', () => {
    const shown = viewAfterCodes(initialUiState, of(asking), of(comparing));
    expect(shown).toEqual({ view: code, viewBefore: home });
    const ui = { ...initialUiState, ...shown };
    expect(viewAfterCodes(ui, of(comparing), of(comparing))).toEqual(shown);
    expect(viewAfterCodes(ui, of(comparing), of(connected)).view).toEqual(home);
  });

  it('takes nobody who sent away from another session, but whoever has just accepted, and back', () => {
    const ui = { ...initialUiState, view: inOther };
    expect(viewAfterCodes(ui, of(asking), of(comparing)).view).toEqual(inOther);
    const incoming = { ...comparing, direction: 'incoming' } as const;
    const shown = viewAfterCodes(ui, of(asking), of(incoming));
    expect(shown).toEqual({ view: code, viewBefore: inOther });
    expect(viewAfterCodes({ ...ui, ...shown }, of(incoming), of(connected)).view).toEqual(inOther);
    const gone = snapshotOf(appState(), [connected]);
    expect(viewAfterCodes({ ...ui, ...shown }, of(incoming), gone).view).toEqual(home);
  });

  it('comes up once, so that it can be left, and not where the device is trusted here', () => {
    expect(viewAfterCodes(initialUiState, of(comparing), of(comparing)).view).toEqual(home);
    const known = { ...verifying(2, 'B', { isVerified: true }), ...forFiles };
    expect(viewAfterCodes(initialUiState, of(asking), of(known)).view).toEqual(home);
  });

  it('of a session for everything comes up for what was sent from a card alone', () => {
    const whole = verifying(2, 'B');
    expect(viewAfterCodes(initialUiState, of(asking), of(whole)).view).toEqual(home);
    const sending: Sending = {
      ...{ sendingId: 1, deviceId: 'd', title: 'B', what: null, sessionId: whole.sessionId },
      thing: { kind: 'text', text: 'x' },
      outcome: { kind: 'waiting' },
    };
    const ui = { ...initialUiState, sendings: [sending] };
    expect(viewAfterCodes(ui, of(asking), of(whole)).view).toEqual(code);
  });
});
