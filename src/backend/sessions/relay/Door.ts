import { HitherError } from '../../../shared/errors';
import { MailboxClient, type MailboxOptions } from '../../relay/MailboxClient';
import { type Carrier, relayRoute, type Route } from '../carriers/Carrier';
import { Conversation, readDoorMessage } from './Conversation';
import { orAborted } from './orAborted';

export interface DoorOptions extends MailboxOptions {
  /** The other one has begun a conversation. */
  onCaller: (carrier: Carrier & { route: Route }) => void;
  /** There is a place in the mailbox. @param nameplate only the first time, and only where one was asked for */
  onJoined?: (joined: { mailbox: string; nameplate: string | null }) => void;
  /** Whether the other one is at the door now. */
  onMeeting?: (isThere: boolean) => void;
  /** The relay can't be reached now; tries go on. */
  onTrouble?: (error: HitherError) => void;
  /** Over for good. */
  onClosed: (error: HitherError) => void;
}

/**
 * A mailbox at which two devices find each other and shake hands. Each may begin a conversation, of which each side has one
 * at most in either direction; a new one takes the place of the one before.
 */
export class Door {
  readonly #options: DoorOptions;
  readonly #client: MailboxClient;
  /** Conversations that are on, by who began. */
  #own: Conversation | null = null;
  #theirs: Conversation | null = null;
  #meetingWaiters: ((isThere: boolean) => void)[] = [];
  #closedWith: HitherError | null = null;
  #isLeaving = false;
  #ice: { route: Route; untilMs: number } | null = null;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#client = new MailboxClient(options, {
      onJoined: (joined) => options.onJoined?.(joined),
      onMeeting: (isThere) => {
        if (isThere) this.#answerWaiters(true);
        options.onMeeting?.(isThere);
      },
      onReset: () => this.#loseAll(),
      onMessage: (payload) => this.#handle(payload),
      onTrouble: (error) => options.onTrouble?.(error),
      onClosed: (error) => {
        this.#closedWith = error;
        this.#loseAll();
        this.#answerWaiters(false);
        options.onClosed(error);
      },
    });
  }

  get relayUrl(): string {
    return this.#options.relayUrl;
  }

  /** Whether the other one is at the door now. */
  get isMeeting(): boolean {
    return this.#client.isMeeting;
  }

  /**
   * Begins a conversation as soon as the other one is there.
   * @throws HitherError what the mailbox ended with, or the signal's reason
   */
  async dial(signal: AbortSignal): Promise<Carrier> {
    signal.throwIfAborted();
    if (!this.isMeeting) {
      const giveUp = (): void => this.#answerWaiters(false);
      signal.addEventListener('abort', giveUp, { once: true });
      const isThere = await new Promise<boolean>((resolve) => this.#meetingWaiters.push(resolve));
      signal.removeEventListener('abort', giveUp);
      signal.throwIfAborted();
      if (!isThere) throw this.#closedWith ?? new HitherError('connection-lost');
    }
    const route = await orAborted(this.#route(), signal);
    this.#own?.lost();
    const number = new DataView(this.#options.random(4).buffer).getUint32(0);
    const conversation = this.#newConversation(number, false, route);
    this.#own = conversation;
    conversation.begin();
    return conversation;
  }

  /** Looks at once whether the way to the relay is open. */
  hurry(): void {
    this.#client.hurry();
  }

  /** Gives the place up as soon as no conversation is on. */
  leave(): void {
    this.#isLeaving = true;
    if (this.#own === null && this.#theirs === null) this.#client.leave();
  }

  /** Ends everything at once. */
  close(): void {
    this.#loseAll();
    this.#answerWaiters(false);
    this.#client.leave();
  }

  /** What follows from meeting at this relay: its ICE servers, whose credentials are good for a while. */
  async #route(): Promise<Route> {
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#ice !== null && nowMs < this.#ice.untilMs) return this.#ice.route;
    const answer = await this.#client.ice();
    const route = relayRoute(answer?.servers ?? []);
    if (answer !== null) this.#ice = { route, untilMs: nowMs + (answer.ttlS * 1000) / 2 };
    return route;
  }

  #newConversation(conversation: number, isAnswer: boolean, route: Route): Conversation {
    const made: Conversation = new Conversation({
      conversation,
      isAnswer,
      route,
      send: (payload) => this.#client.send(payload),
      onClosed: () => {
        if (this.#own === made) this.#own = null;
        if (this.#theirs === made) this.#theirs = null;
        if (this.#isLeaving) this.leave();
      },
    });
    return made;
  }

  #handle(payload: Uint8Array): void {
    const message = readDoorMessage(payload);
    if (message === null) return;
    if (message.kind === 'begin' && !message.isAnswer) {
      void this.#answer(message.conversation);
      return;
    }
    const meant = message.isAnswer ? this.#own : this.#theirs;
    if (meant?.number === message.conversation) meant.handle(message);
  }

  /** A conversation of the other one's; what it says meanwhile is kept. */
  async #answer(number: number): Promise<void> {
    this.#theirs?.drop();
    const known = this.#ice?.route ?? relayRoute([]);
    const made = this.#newConversation(number, true, known);
    this.#theirs = made;
    made.route = await this.#route();
    if (made.isOpen) this.#options.onCaller(made);
  }

  #loseAll(): void {
    this.#own?.lost();
    this.#theirs?.lost();
  }

  #answerWaiters(isThere: boolean): void {
    for (const resolve of this.#meetingWaiters.splice(0)) resolve(isThere);
  }
}
