import { setImmediate as soon } from 'node:timers/promises';
import type { EventData } from '../../../src/shared/contract/contract';
import type { SessionEnd } from '../lan/SessionEnd';

interface Passing {
  bytes: Uint8Array<ArrayBuffer>;
  from: SessionEnd;
  /** Number of this frame, of all that this end has sent, from 0. */
  index: number;
}

/** What goes on in place of a frame. */
export type RewriteFrame = (passing: Passing) => Uint8Array<ArrayBuffer>;

/** The pages of two ends with a data channel between them, which their backends use as a carrier. */
export class JoinedPages {
  readonly #ends: readonly [SessionEnd, SessionEnd];
  readonly #sessionId: string;
  readonly #rewrite: RewriteFrame;
  readonly #sent = new Map<SessionEnd, number>();
  /** Frames arrive one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #isOpen = true;

  constructor(
    anna: SessionEnd,
    ben: SessionEnd,
    sessionId: string,
    rewrite: RewriteFrame = ({ bytes }) => bytes,
  ) {
    this.#ends = [anna, ben];
    this.#sessionId = sessionId;
    this.#rewrite = rewrite;
    anna.onEvent = (name, data) => {
      if (name === 'carriers:send') this.#transmit(anna, ben, data as EventData<'carriers:send'>);
    };
    ben.onEvent = (name, data) => {
      if (name === 'carriers:send') this.#transmit(ben, anna, data as EventData<'carriers:send'>);
    };
  }

  /** Both pages tell their backends that the channel is there. */
  open(): void {
    for (const each of this.#ends) this.announce(each);
  }

  /** The page of one end tells its backend, for the first time or after it was away. */
  announce(end: SessionEnd): void {
    const carrierId = carrierIdOf(end);
    void end.service.handlers['carriers:open']({ sessionId: this.#sessionId, carrierId }, 'page');
  }

  /** The channel is gone, and both pages see it. */
  close(): void {
    this.#isOpen = false;
    for (const each of this.#ends) {
      each.onEvent = () => undefined;
      void each.service.handlers['carriers:close']({ carrierId: carrierIdOf(each) }, 'page');
    }
  }

  /** How many frames an end has sent. */
  sentBy(end: SessionEnd): number {
    return this.#sent.get(end) ?? 0;
  }

  #transmit(from: SessionEnd, to: SessionEnd, { bytes }: EventData<'carriers:send'>): void {
    const index = this.sentBy(from);
    this.#sent.set(from, index + 1);
    const changed = this.#rewrite({ bytes: new Uint8Array(bytes), from, index });
    this.#last = this.#last.then(async () => {
      await soon();
      // A page that has no backend at the moment loses what it gets.
      if (this.#isOpen && to.hasActivePage)
        await to.service.handlers['carriers:frame']({ carrierId: carrierIdOf(to), bytes: changed }, 'page');
    });
  }
}

const carrierIdOf = (end: SessionEnd): string => `channel of ${end.device.deviceId}`;
