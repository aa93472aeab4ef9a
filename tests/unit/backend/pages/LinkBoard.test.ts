import { describe, expect, it, vi } from 'vitest';
import { LinkBoard } from '../../../../src/backend/pages/LinkBoard';
import { OpenedLink } from '../../../../src/shared/contract/app';
import { appLinkOf, formatInviteLink, MAX_INVITE } from '../../../../src/shared/identity/invite';
import { ManualClock } from '../../../support/ManualClock';

const HOUR_MS = 3_600_000;
const RELAY = 'https://relay.example.org/base';

function setUp() {
  const clock = new ManualClock();
  const onChange = vi.fn<(link: OpenedLink | null) => void>();
  const board = new LinkBoard(clock, onChange);
  const link = (relayUrl = RELAY) =>
    formatInviteLink({ relayUrl, secret: new Uint8Array(16).fill(7), expiresMs: clock.now() + HOUR_MS });
  return { clock, board, onChange, link };
}

describe('LinkBoard', () => {
  it.each([RELAY, 'http://127.0.0.1:8080', 'https://[2001:db8::7]:8443'])(
    'reads which relay an invite is of: %s',
    (relayUrl) => {
      const { board, onChange, link } = setUp();
      const text = appLinkOf(link(relayUrl));
      board.open(` ${text}\n`);
      expect(board.link?.content).toEqual({ kind: 'invite', invite: text, relayUrl });
      expect(OpenedLink.parse(board.link)).toEqual(board.link);
      expect(onChange).toHaveBeenLastCalledWith(board.link);
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
    ['a spoken code', () => 'hither:7-ripe-lantern'],
    ['a code alone', () => '7-ripe-lantern'],
    ['endless text', (link: string) => appLinkOf(link).padEnd(MAX_INVITE + 1)],
    ['control characters', () => 'hither:\u0000\u001b[31m\u202e#'],
  ])('keeps nothing of what is no invite: %s', (_what, made) => {
    const { board, link } = setUp();
    board.open(made(link()));
    expect(board.link?.content).toEqual({ kind: 'problem', code: 'bad-invite' });
  });

  it('tells of an invite whose time is over', () => {
    const { clock, board, link } = setUp();
    const text = appLinkOf(link());
    clock.advance(HOUR_MS);
    board.open(text);
    expect(board.link?.content).toEqual({ kind: 'problem', code: 'invite-expired' });
  });

  it('has one link, the newest, and an answer to the one before does not take it away', () => {
    const { board, onChange, link } = setUp();
    board.open(appLinkOf(link()));
    const first = board.link;
    board.open('hither:oops');
    const second = board.link;
    expect(second?.linkId).not.toBe(first?.linkId);
    board.forget(first?.linkId ?? '');
    expect(board.link).toBe(second);
    board.forget(second?.linkId ?? '');
    expect(board.link).toBeNull();
    expect(onChange.mock.calls.map(([change]) => change)).toEqual([first, second, null]);
  });
});
