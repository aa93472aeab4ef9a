import { z } from 'zod';
import type { RequestArgs } from '../../shared/contract/contract';
import type { RequestHandlers } from '../../shared/contract/backend';
import { Invite, type InviteEnd } from '../../shared/contract/invites';
import { HitherError } from '../../shared/errors';
import {
  appLinkOf,
  formatInviteLink,
  formatSpokenCode,
  INVITE_SECRET_BYTES,
  inviteAuth,
  inviteMailbox,
  inviterMark,
  parseInvite,
  spokenAuth,
} from '../../shared/identity/invite';
import { toHex } from '../../shared/ids';
import type { Log, ProfileStorage } from '../ports';
import { CODE_WORDS } from './codeWords';
import { CODE_MS } from './Guesses';
import { InviteWays, type InviteWaysOptions } from './InviteWays';
import { OpenInvite, type OpenInviteOptions } from './OpenInvite';

const DOCUMENT = 'invites.json';
/** Each costs a socket to a relay for as long as it is open. */
const MAX_INVITES = 16;
const MINUTE_MS = 60_000;

/** Links that are open, as the profile keeps them. */
const InviteFile = z.object({ format: z.literal(1), invites: z.array(Invite).max(MAX_INVITES) });

export interface InviteServiceOptions extends InviteWaysOptions {
  /** This device's, which a link names. */
  identityKey: string;
  storage: ProfileStorage;
  log: Log;
  answer: OpenInviteOptions['answer'];
  onChange: (invites: Invite[]) => void;
  onEnded: (ended: { invite: Invite; end: InviteEnd }) => void;
}

type InviteHandlers = Pick<RequestHandlers, 'invites:createLink' | 'invites:createCode' | 'invites:revoke'>;

/** The invites that this person has given out, and the ways that others lead to. */
export class InviteService {
  readonly handlers: InviteHandlers;
  readonly ways: InviteWays;
  readonly #options: InviteServiceOptions;
  readonly #open = new Map<string, OpenInvite>();
  #writes: Promise<void> = Promise.resolve();
  #isClosing = false;

  constructor(options: InviteServiceOptions) {
    this.#options = options;
    this.ways = new InviteWays(options);
    this.handlers = {
      'invites:createLink': (args) => this.#createLink(args),
      'invites:createCode': (args) => this.#createCode(args),
      'invites:revoke': ({ inviteId }) => {
        this.#open.get(inviteId)?.close();
        this.#forget(inviteId);
        return {};
      },
    };
  }

  /** All that are open, oldest first. */
  get list(): Invite[] {
    return [...this.#open.values()].map(({ view }) => view);
  }

  /** Opens the links that were open when this profile was last used. */
  async load(): Promise<void> {
    const { storage, log, clock } = this.#options;
    try {
      const text = await storage.read(DOCUMENT);
      if (text === null) return;
      for (const invite of InviteFile.parse(JSON.parse(text)).invites) {
        const link = invite.way.kind === 'link' ? parseInvite(invite.way.link) : null;
        if (link?.kind === 'link' && invite.expiresMs > clock.now()) this.#openLink(invite, link.secret);
      }
    } catch (error) {
      // They are links that can be made again.
      log.warn('invites', { problem: 'unreadable', error });
    }
  }

  /** The network has changed: looks at once whether relays can be reached. */
  hurry(): void {
    for (const invite of this.#open.values()) invite.hurry();
  }

  /** Lets go of everything; links that are open are open again after the next start. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const invite of this.#open.values()) invite.close();
    this.#open.clear();
    await this.#writes;
  }

  #createLink({ rights, isSingleUse, minutes }: RequestArgs<'invites:createLink'>): Invite {
    const relayUrl = this.#relay();
    const { clock, random } = this.#options;
    const secret = random(INVITE_SECRET_BYTES);
    const createdMs = clock.now();
    const expiresMs = Math.ceil(createdMs / MINUTE_MS + minutes) * MINUTE_MS;
    const inviter = inviterMark(secret, this.#options.identityKey);
    const link = formatInviteLink({ relayUrl, secret, inviter, expiresMs });
    const way = { kind: 'link', link, appLink: appLinkOf(link) } as const;
    const invite = this.#newInvite({ relayUrl, way, rights, isSingleUse, createdMs, expiresMs });
    this.#openLink(invite, secret);
    this.#changed();
    return invite;
  }

  async #createCode({ rights, language }: RequestArgs<'invites:createCode'>): Promise<Invite> {
    const relayUrl = this.#relay();
    const { clock, random } = this.#options;
    const { attributes, things } = CODE_WORDS[language];
    const words = `${this.#pick(attributes)}-${this.#pick(things)}`;
    const createdMs = clock.now();
    const expiresMs = createdMs + CODE_MS;
    const way = { kind: 'code', code: '' } as const;
    const invite = this.#newInvite({ relayUrl, way, rights, isSingleUse: true, createdMs, expiresMs });
    const open = this.#openInvite(invite, { type: 'allocate' }, (mailbox) =>
      spokenAuth(words, mailbox, 'responder', random),
    );
    try {
      const nameplate = await open.nameplate();
      this.#open.set(invite.inviteId, open);
      open.update({ way: { kind: 'code', code: formatSpokenCode({ nameplate, words }) } });
      return open.view;
    } catch (error) {
      open.close();
      throw error;
    }
  }

  /** @throws HitherError `no-relay` or `too-many-invites` */
  #relay(): string {
    const relayUrl = this.#options.relayUrl();
    if (relayUrl === null) throw new HitherError('no-relay');
    if (this.#open.size >= MAX_INVITES) throw new HitherError('too-many-invites', { limit: MAX_INVITES });
    return relayUrl;
  }

  #newInvite(invite: Omit<Invite, 'inviteId' | 'guests' | 'trouble'>): Invite {
    return { ...invite, inviteId: toHex(this.#options.random(16)), guests: [], trouble: null };
  }

  #pick(words: readonly string[]): string {
    // 128 words: seven bits of a byte favour none.
    return words[(this.#options.random(1)[0] ?? 0) % words.length] ?? '';
  }

  #openLink(invite: Invite, secret: Uint8Array): void {
    const opening = { type: 'join', mailbox: inviteMailbox(secret) } as const;
    const open = this.#openInvite({ ...invite, trouble: null }, opening, () => inviteAuth(secret));
    this.#open.set(invite.inviteId, open);
  }

  #openInvite(
    invite: Invite,
    opening: OpenInviteOptions['opening'],
    auth: OpenInviteOptions['auth'],
  ): OpenInvite {
    const { inviteId } = invite;
    const open: OpenInvite = new OpenInvite({
      ...this.#options,
      ...{ invite, opening, auth },
      ...(opening.type === 'join' ? { side: this.#options.sideOf(opening.mailbox, 'waits') } : {}),
      onChange: () => {
        if (this.#open.has(inviteId)) this.#changed();
      },
      onEnded: (end) => {
        if (this.#open.has(inviteId)) this.#options.onEnded({ invite: open.view, end });
        this.#forget(inviteId);
      },
    });
    return open;
  }

  #forget(inviteId: string): void {
    if (this.#open.delete(inviteId)) this.#changed();
  }

  /** Tells the page, and writes down the links: a code lives no longer than this run. */
  #changed(): void {
    if (this.#isClosing) return;
    const { storage, log, onChange } = this.#options;
    onChange(this.list);
    const invites = this.list.filter(({ way }) => way.kind === 'link');
    const content = `${JSON.stringify({ format: 1, invites }, null, 2)}\n`;
    this.#writes = this.#writes
      .then(() => storage.write(DOCUMENT, content))
      .catch((error: unknown) => log.warn('invites', { problem: 'not written', error }));
  }
}
