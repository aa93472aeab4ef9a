import { random, newIdentity, SOME_FINGERPRINT } from '../lan/identities';
import { newId } from '../lan/SessionEnd';
import { afterwards } from '../lan/opened';
import { openRelaySocket } from '../../../src/main/node/net/openRelaySocket';
import { systemClock } from '../../../src/main/node/systemClock';
import type { Carrier } from '../../../src/backend/sessions/carriers/Carrier';
import { Door } from '../../../src/backend/sessions/relay/Door';
import type { Invite } from '../../../src/shared/contract/invites';
import { DialerHandshake } from '../../../src/shared/identity/DialerHandshake';
import type { Refuse } from '../../../src/shared/identity/messages';
import type { ProvenPeer } from '../../../src/shared/identity/Handshake';
import { inviteAuth, inviteMailbox, parseInvite, type InviteLink } from '../../../src/shared/identity/invite';

/** How long an answer may take, in ms; one that does not come is `null`. */
const PATIENCE_MS = 2_000;

/** Somebody who has a link and goes through the handshake one step at a time, with a new key each time. */
export class GuestAtDoor {
  readonly door: Door;
  readonly #link: InviteLink;

  private constructor(link: InviteLink) {
    this.#link = link;
    this.door = new Door({
      relayUrl: link.relayUrl,
      opening: { type: 'join', mailbox: inviteMailbox(link.secret) },
      openSocket: openRelaySocket,
      ...{ clock: systemClock, random },
      onCaller: (carrier) => carrier.close(),
      onClosed: () => undefined,
    });
    afterwards(() => this.door.close());
  }

  static of({ way }: Invite): GuestAtDoor {
    const link = way.kind === 'link' ? parseInvite(way.link) : null;
    if (link?.kind !== 'link') throw new Error('no link');
    return new GuestAtDoor(link);
  }

  /** Begins, and has said hello; what is left is to identify. */
  async begin(name = 'Guest'): Promise<GuestHandshake> {
    const carrier = await this.door.dial(AbortSignal.timeout(5_000));
    const own = { name, platform: 'linux' as const, appVersion: '0.1.0', capabilities: [] };
    const handshake = new DialerHandshake(
      { identity: newIdentity(), auth: inviteAuth(this.#link.secret), random },
      { ...own, fingerprint: SOME_FINGERPRINT, sessionId: newId() },
    );
    carrier.send(handshake.hello);
    return new GuestHandshake(carrier, handshake);
  }

  /** The whole handshake. @returns whether a session came of it */
  async come(name?: string): Promise<boolean> {
    const handshake = await this.begin(name);
    await handshake.welcomed();
    const answer = await handshake.identify();
    return answer !== null && 'device' in answer;
  }
}

/** A handshake that has begun. */
class GuestHandshake {
  readonly #carrier: Carrier;
  readonly #handshake: DialerHandshake;
  #sealed: Uint8Array | null = null;

  constructor(carrier: Carrier, handshake: DialerHandshake) {
    this.#carrier = carrier;
    this.#handshake = handshake;
  }

  /** Whether the inviter has not ended the conversation. */
  get isOpen(): boolean {
    return this.#carrier.isOpen;
  }

  /** Resolves when the inviter has said welcome; rejects where it has refused. */
  async welcomed(): Promise<void> {
    const welcome = await this.#next();
    const answer = this.#handshake.handleWelcome(typeof welcome === 'string' ? welcome : '');
    if (!(answer instanceof Uint8Array)) throw new Error(answer.reason);
    this.#sealed = answer;
  }

  /** Says who it is. @returns the inviter, a refusal, or `null` where none came */
  async identify(): Promise<ProvenPeer | Refuse | null> {
    this.#carrier.send(this.#sealed ?? new Uint8Array());
    const answer = await this.#next();
    return answer instanceof Uint8Array ? this.#handshake.handleAnswer(answer) : null;
  }

  async #next() {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
    return Promise.race([this.#carrier.next(), late]);
  }
}
