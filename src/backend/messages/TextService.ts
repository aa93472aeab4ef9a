import type { RequestHandlers } from '../../shared/contract/backend';
import type { DeviceTexts, TextChange, TextView } from '../../shared/contract/texts';
import { HitherError } from '../../shared/errors';
import { toHex } from '../../shared/ids';
import { fitsInMessage, TextMessage, TEXTS_FEATURE } from '../../shared/protocol/text';
import { TokenBucket } from '../../shared/TokenBucket';
import type { Clock, FeatureSession, Random, SessionFeature } from '../ports';

/** Texts kept with one device, and their characters in all; beyond either, the oldest go. */
const MAX_TEXTS = 200;
const MAX_LENGTH = 2 * 1024 * 1024;
/** Devices whose texts are kept; past that those of the one that wrote longest ago go. */
const MAX_DEVICES = 32;
/** Texts a second, and how many at once: as a person who holds the paste key down for a moment. */
const SEND_RATE = { perSecond: 4, burst: 20 };
/** The same of a peer, with room for what piled up while no carrier was there. */
const RECEIVE_RATE = { perSecond: 8, burst: 60 };

export interface TextServiceOptions {
  clock: Clock;
  random: Random;
  /**
   * The device at the other end of a session.
   * @throws HitherError `unknown-session`
   */
  deviceOf: (sessionId: string) => string;
  /** Sends over a session; throws HitherError where it can't. */
  send: (sessionId: string, message: TextMessage) => void;
  onChange: (change: TextChange) => void;
}

interface Conversation {
  texts: TextView[];
  sending: TokenBucket;
  receiving: TokenBucket;
}

/**
 * The texts that this device and others send each other, kept by device in memory: they survive a reload of the page and
 * the end of a session, and go with the process. Nothing is written down.
 */
export class TextService implements SessionFeature<TextMessage> {
  readonly name = TEXTS_FEATURE;
  readonly schema = TextMessage;
  readonly handlers: Pick<RequestHandlers, 'texts:send'>;
  readonly #options: TextServiceOptions;
  readonly #devices = new Map<string, Conversation>();

  constructor(options: TextServiceOptions) {
    this.#options = options;
    this.handlers = {
      'texts:send': ({ sessionId, text }) => ({ textId: this.#send(sessionId, text) }),
    };
  }

  /** What is kept, by device. */
  get all(): DeviceTexts[] {
    return [...this.#devices].map(([deviceId, { texts }]) => ({ deviceId, texts: [...texts] }));
  }

  /** A text of the peer's, or its word that it has one of ours. One that comes faster than a person writes is dropped, without an answer. */
  handle(session: FeatureSession, message: TextMessage): void {
    const { deviceId } = session.peer;
    const device = this.#with(deviceId);
    if (message.type === 'text-received') {
      this.#mark(deviceId, 'delivered', ({ textId }) => textId === message.textId);
      return;
    }
    const { textId, text } = message;
    if (!device.receiving.consume()) return;
    if (!device.texts.some((known) => known.textId === textId))
      this.#add(deviceId, {
        textId,
        direction: 'in',
        text,
        state: 'received',
        atMs: this.#options.clock.now(),
      });
    this.#options.send(session.sessionId, { type: 'text-received', textId });
  }

  /** The session is over: what has not arrived by now never will. */
  closed({ peer }: FeatureSession): void {
    this.#mark(peer.deviceId, 'failed', () => true);
  }

  #send(sessionId: string, text: string): string {
    if (!fitsInMessage(text)) throw new HitherError('text-too-long');
    const { random, clock, send, deviceOf } = this.#options;
    const deviceId = deviceOf(sessionId);
    if (!this.#with(deviceId).sending.consume()) throw new HitherError('too-fast');
    const textId = toHex(random(16));
    send(sessionId, { type: 'text', textId, text });
    this.#add(deviceId, { textId, direction: 'out', text, state: 'sending', atMs: clock.now() });
    return textId;
  }

  #with(deviceId: string): Conversation {
    const known = this.#devices.get(deviceId);
    if (known) return known;
    const now = (): number => this.#options.clock.monotonicMs();
    const device: Conversation = {
      texts: [],
      sending: new TokenBucket(SEND_RATE.perSecond, SEND_RATE.burst, now),
      receiving: new TokenBucket(RECEIVE_RATE.perSecond, RECEIVE_RATE.burst, now),
    };
    this.#devices.set(deviceId, device);
    if (this.#devices.size > MAX_DEVICES) this.#forgetOldest();
    return device;
  }

  #forgetOldest(): void {
    const lastMs = ({ texts }: Conversation): number => texts.at(-1)?.atMs ?? Number.POSITIVE_INFINITY;
    const [oldest] = [...this.#devices].sort(([, a], [, b]) => lastMs(a) - lastMs(b));
    if (!oldest) return;
    const [deviceId, { texts }] = oldest;
    this.#devices.delete(deviceId);
    this.#options.onChange({ deviceId, changed: [], gone: texts.map(({ textId }) => textId) });
  }

  #add(deviceId: string, text: TextView): void {
    const device = this.#with(deviceId);
    device.texts.push(text);
    const gone: string[] = [];
    let length = device.texts.reduce((sum, each) => sum + each.text.length, 0);
    while (device.texts.length > MAX_TEXTS || length > MAX_LENGTH) {
      const oldest = device.texts.shift();
      if (!oldest) break;
      length -= oldest.text.length;
      gone.push(oldest.textId);
    }
    this.#options.onChange({ deviceId, changed: [text], gone });
  }

  /** What becomes of texts that are on their way. */
  #mark(deviceId: string, state: 'delivered' | 'failed', isMeant: (text: TextView) => boolean): void {
    const device = this.#devices.get(deviceId);
    const changed: TextView[] = [];
    if (device)
      device.texts = device.texts.map((text) => {
        if (text.state !== 'sending' || !isMeant(text)) return text;
        changed.push({ ...text, state });
        return { ...text, state };
      });
    if (changed.length > 0) this.#options.onChange({ deviceId, changed, gone: [] });
  }
}
