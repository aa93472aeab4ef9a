import { MAX_INVITE, parseInvite } from '../../shared/identity/invite';
import type { OpenedLink } from '../../shared/contract/app';
import type { Clock } from '../ports';

/**
 * The last link of Hither's own that was opened outside of it, until the person has answered what it asks. Anybody can have a
 * link opened, a web page too: it is read and kept here, and nothing else comes of it.
 */
export class OpenedLinks {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #onChange: (link: OpenedLink | null) => void;
  #link: OpenedLink | null = null;
  #count = 0;

  constructor(clock: Pick<Clock, 'now'>, onChange: (link: OpenedLink | null) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get link(): OpenedLink | null {
    return this.#link;
  }

  /** Takes the place of the one before, be it a good one or not. @param text as it came, of any length */
  open(text: string): void {
    const linkId = `link-${++this.#count}`;
    this.#set({ linkId, openedMs: this.#clock.now(), content: this.#read(text) });
  }

  /** Removes a link; one that is not the last opened is gone already. */
  forget(linkId: string): void {
    if (this.#link?.linkId === linkId) this.#set(null);
  }

  #read(text: string): OpenedLink['content'] {
    const invite = text.length > MAX_INVITE ? null : parseInvite(text);
    if (invite?.kind !== 'link') return { kind: 'problem', code: 'bad-invite' };
    if (this.#clock.now() >= invite.expiresMs) return { kind: 'problem', code: 'invite-expired' };
    return { kind: 'invite', invite: text.trim(), relayUrl: invite.relayUrl };
  }

  #set(link: OpenedLink | null): void {
    this.#link = link;
    this.#onChange(link);
  }
}
