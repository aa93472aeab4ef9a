import { formatLanAddress, type LanAddress } from '../../../src/shared/address';
import { HitherError } from '../../../src/shared/errors';
import type { BackendPorts } from '../../../src/backend/BackendPorts';
import type { Listener, Log } from '../../../src/backend/ports';
import { answerStranger } from '../../../src/backend/sessions/incoming/answerStranger';
import { type Network, NobodyListensError } from '../../../src/backend/sessions/dialing/dial';
import { LivePort } from './LivePort';
import { MessagePortCarrier } from './MessagePortCarrier';
import { LISTENING_PORT, type FromSwitchboard, type ToSwitchboard } from './Switchboard';

type ListenerUser = Parameters<BackendPorts['createListener']>[0];

/** A backend's end of the switchboard: dials by the names of hosts, and hands calls to whoever listens. */
export class MessageChannelNetwork implements Network {
  readonly #switchboard: LivePort<ToSwitchboard, FromSwitchboard>;
  readonly #dials = new Map<number, (index: number | null) => void>();
  #nextDial = 0;
  #onCall: ((carrier: MessagePortCarrier) => void) | null = null;

  constructor(switchboard: MessagePort) {
    this.#switchboard = new LivePort(switchboard, {
      onMessage: (message) => {
        if (message.type === 'call') this.#handleCall(new MessagePortCarrier(message.channel));
        else this.#dials.get(message.dial)?.(message.index);
      },
      onGone: () => undefined,
    });
  }

  parseAddress(text: string): LanAddress {
    const [, host, port] = /^([a-z]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
    if (host === undefined) throw new HitherError('bad-address', { address: text });
    return { host, port: Number(port ?? LISTENING_PORT) };
  }

  async connect(
    addresses: readonly LanAddress[],
    signal: AbortSignal,
  ): Promise<{ carrier: MessagePortCarrier; index: number }> {
    signal.throwIfAborted();
    const dial = this.#nextDial++;
    const { port1, port2 } = new MessageChannel();
    const index = await new Promise<number | null>((resolve) => {
      this.#dials.set(dial, resolve);
      signal.addEventListener('abort', () => resolve(null), { once: true });
      this.#switchboard.send(
        { type: 'dial', dial, hosts: addresses.map(({ host }) => host), channel: port2 },
        [port2],
      );
    });
    this.#dials.delete(dial);
    signal.throwIfAborted();
    const address = index === null ? undefined : addresses[index];
    if (index === null || address === undefined)
      throw new NobodyListensError(addresses.map(formatLanAddress).join(', '));
    return { carrier: new MessagePortCarrier(port1), index };
  }

  /** What answers calls with this backend's handshake. */
  listener(user: ListenerUser, log: Log): Listener {
    const strangers = new Set<MessagePortCarrier>();
    const answer = async (carrier: MessagePortCarrier): Promise<void> => {
      strangers.add(carrier);
      const caller = await answerStranger(carrier, {
        pageKnown: () => user.pageKnown(),
        begin: () => user.handshake(),
        mayBegin: () => true,
        admit: () => strangers.delete(carrier),
        onRefused: () => strangers.delete(carrier),
      });
      if (caller !== null) user.onCaller(caller);
    };
    return {
      start: () => {
        this.#onCall = (carrier) =>
          void answer(carrier).catch((error: unknown) => {
            log.error('listener', { error });
            carrier.kill();
          });
        this.#switchboard.send({ type: 'listen' });
        return Promise.resolve(LISTENING_PORT);
      },
      stop: () => {
        this.#onCall = null;
        this.#switchboard.send({ type: 'stop-listening' });
        for (const carrier of strangers) carrier.kill();
        strangers.clear();
      },
    };
  }

  #handleCall(carrier: MessagePortCarrier): void {
    if (this.#onCall === null) carrier.kill();
    else this.#onCall(carrier);
  }
}
