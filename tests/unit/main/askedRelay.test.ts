import { describe, expect, it, vi } from 'vitest';
import { openAskedRelay, printRelay } from '../../../src/main/askedRelay';
import { startFailureText } from '../../../src/main/startFailureText';
import type { EmbeddedRelayState } from '../../../src/shared/contract/embeddedRelay';
import type { Failure } from '../../../src/shared/errors';

const failed = (code: Failure['code'], facts: Failure['facts']): EmbeddedRelayState => ({
  phase: 'failed',
  failure: { code, facts },
});
const taken = failed('port-taken', { port: 80 });
const notAllowed = failed('port-not-allowed', { port: 80 });
const unusable = failed('port-unusable', { port: 80, detail: 'EAFNOSUPPORT' });
const fault = failed('internal', {});

/** What a start says whose relay stands like this, and how often its backend was closed. */
async function asked(state: EmbeddedRelayState, language: 'en' | 'ko' = 'en') {
  const close = vi.fn(() => Promise.resolve());
  const backend = { openEmbeddedRelay: () => Promise.resolve(state), close };
  const error: unknown = await openAskedRelay(80, backend).catch((thrown: unknown) => thrown);
  return { error, sentence: startFailureText(error, language), closed: close.mock.calls.length };
}

function printed(state: EmbeddedRelayState, language: 'en' | 'ko' = 'en'): { out: string; err: string } {
  const said = { out: '', err: '' };
  const into = (key: 'out' | 'err') => ({ write: (text: string) => Boolean((said[key] += text)) });
  printRelay(state, language, { stdout: into('out'), stderr: into('err') } as never);
  return said;
}

describe('the relay that the command line asks for', () => {
  it.each([
    [taken, 'another program does. Name another with --relay-port N.'],
    [notAllowed, 'this account may not. Name another, from 1024 up, with --relay-port N.'],
    [unusable, 'port 80 (EAFNOSUPPORT). Name another with --relay-port N.'],
  ])('ends the start where its port can’t be used: %o', async (state, words) => {
    const { sentence, closed } = await asked(state);
    expect(sentence).toContain(words);
    expect(sentence?.includes('1024')).toBe(state === notAllowed);
    expect(closed).toBe(1);
    const korean = await asked(state, 'ko');
    expect(korean.sentence).toContain('--relay-port N으로');
    expect(korean.sentence?.includes('1024')).toBe(state === notAllowed);
  });

  it('ends it as any fault does where that is one of ours', async () => {
    const { error, sentence, closed } = await asked(fault);
    expect(error).toBeInstanceOf(Error);
    expect(sentence).toBeNull();
    expect(closed).toBe(1);
  });
});

describe('the relay that the settings want', () => {
  it.each([taken, notAllowed, unusable, fault])('has one line where it can’t run: %o', (state) => {
    for (const language of ['en', 'ko'] as const) {
      const { out, err } = printed(state, language);
      expect(out).toBe('');
      expect(err).toMatch(/^[^\n]+\n$/);
      expect(err.includes('hither.log')).toBe(state === fault);
      expect(err).not.toContain('--relay-port');
      expect(/[가-힣]/.test(err)).toBe(language === 'ko');
    }
  });

  it('has a line for each of its addresses, and none while it is off', () => {
    const on = { phase: 'on', port: 8790, urls: ['http://10.0.0.2:8790', 'http://10.0.0.3:8790'] } as const;
    const lines = 'The relay is at http://10.0.0.2:8790\nThe relay is at http://10.0.0.3:8790\n';
    expect(printed({ ...on, urls: [...on.urls] })).toEqual({ out: lines, err: '' });
    expect(printed({ ...on, urls: [] }).out).toContain('on port 8790; this machine is on no network');
    expect(printed({ phase: 'off' })).toEqual({ out: '', err: '' });
  });
});
