import { describe, expect, it, vi } from 'vitest';
import { OpenedLinks } from '../../../../src/backend/pages/OpenedLinks';
import { OpenedLink } from '../../../../src/shared/contract/app';
import { appLinkOf, formatInviteLink, MAX_INVITE } from '../../../../src/shared/identity/invite';
import { ManualClock } from '../../../support/ManualClock';

const HOUR_MS = 3_600_000;
const RELAY = 'https://relay.example.org/base';

function setUp() {
  const clock = new ManualClock();
  const onChange = vi.fn<(link: OpenedLink | null) => void>();
  const opened = new OpenedLinks(clock, onChange);
  const link = (relayUrl = RELAY) =>
    formatInviteLink({
      ...{ relayUrl, secret: new Uint8Array(16).fill(7), inviter: new Uint8Array(16) },
      expiresMs: clock.now() + HOUR_MS,
    });
  return { clock, opened, onChange, link };
}

describe('OpenedLinks', () => {
  it.each([RELAY, 'http://127.0.0.1:8080', 'https://[2001:db8::7]:8443'])(
    'reads which relay an invite is of: %s',
    (relayUrl) => {
      const { opened, onChange, link } = setUp();
      const text = appLinkOf(link(relayUrl));
      opened.open(` ${text}\n`);
      expect(opened.link?.content).toEqual({ kind: 'invite', invite: text, relayUrl });
      expect(OpenedLink.parse(opened.link)).toEqual(opened.link);
      expect(onChange).toHaveBeenLastCalledWith(opened.link);
    },
  );

  it.each([
    ['nothing behind the scheme', () => 'hither:'],
    ['no fragment', () => 'hither://relay.example.org/'],
    ['a part of a secret', (link: string) => appLinkOf(link).slice(0, -1)],
    ['more than a secret', (link: string) => `${appLinkOf(link)}A`],
    ['a name and a password in the address', (link: string) => appLinkOf(link).replace('//', '//me:pw@')],
    ['another query', (link: string) => appLinkOf(link).replace('#', '?x=1#')],
    [
      'a scheme in the scheme',
      (link: string) => `hither:javascript:alert(1)${link.slice(link.indexOf('#'))}`,
    ],
    ['backslashes', (link: string) => appLinkOf(link).replaceAll('/', '\\')],
    ['a backslash further on', (link: string) => appLinkOf(link).replace('/base', '\\base')],
    ['an address without slashes', (link: string) => appLinkOf(link).replace('//', '')],
    ['a third slash', (link: string) => appLinkOf(link).replace('//', '///')],
    ['a spoken code', () => 'hither:7-ripe-lantern'],
    ['a code alone', () => '7-ripe-lantern'],
    ['endless text', (link: string) => appLinkOf(link).padEnd(MAX_INVITE + 1)],
    ['control characters', () => 'hither:\u0000\u001b[31m\u202e#'],
  ])('keeps nothing of what is no invite: %s', (_what, made) => {
    const { opened, link } = setUp();
    opened.open(made(link()));
    expect(opened.link?.content).toEqual({ kind: 'problem', code: 'bad-invite' });
  });

  it('tells of an invite whose time is over', () => {
    const { clock, opened, link } = setUp();
    const text = appLinkOf(link());
    clock.advance(HOUR_MS);
    opened.open(text);
    expect(opened.link?.content).toEqual({ kind: 'problem', code: 'invite-expired' });
  });

  it('has one link, the newest, and an answer to the one before does not take it away', () => {
    const { opened, onChange, link } = setUp();
    opened.open(appLinkOf(link()));
    const first = opened.link;
    opened.open('hither:oops');
    const second = opened.link;
    expect(second?.linkId).not.toBe(first?.linkId);
    opened.forget(first?.linkId ?? '');
    expect(opened.link).toBe(second);
    opened.forget(second?.linkId ?? '');
    expect(opened.link).toBeNull();
    expect(onChange.mock.calls.map(([change]) => change)).toEqual([first, second, null]);
  });
});
