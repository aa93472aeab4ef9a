import { LivePort } from './LivePort';

/** The port that hosts of a switchboard listen at: each has one listener. */
export const LISTENING_PORT = 1;

/** What a host says. `channel` is the far end of what it dials with. */
export type ToSwitchboard =
  | { type: 'listen' }
  | { type: 'stop-listening' }
  | { type: 'dial'; dial: number; hosts: readonly string[]; channel: MessagePort };

/** What a host hears. `index` is that of the host that the channel went to; `null` where none listens. */
export type FromSwitchboard =
  | { type: 'dialed'; dial: number; index: number | null }
  | { type: 'call'; from: string; channel: MessagePort };

type HostPort = LivePort<FromSwitchboard, ToSwitchboard>;

/** Hands the ends of message channels from the host that dials to the one that it dials, and knows nothing of what they carry. */
export class Switchboard {
  readonly #listening = new Map<string, HostPort>();

  /** Adds a host. @returns the host's own end */
  plugIn(host: string): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const port: HostPort = new LivePort(port1, {
      onMessage: (message) => this.#handle(host, port, message),
      onGone: () => this.#stopListening(host, port),
    });
    return port2;
  }

  #handle(host: string, port: HostPort, message: ToSwitchboard): void {
    if (message.type === 'listen') this.#listening.set(host, port);
    else if (message.type === 'stop-listening') this.#stopListening(host, port);
    else this.#connect(host, port, message);
  }

  #connect(from: string, port: HostPort, { dial, hosts, channel }: ToSwitchboard & { type: 'dial' }): void {
    const index = hosts.findIndex((host) => this.#listening.has(host));
    const callee = this.#listening.get(hosts[index] ?? '');
    callee?.send({ type: 'call', from, channel }, [channel]);
    port.send({ type: 'dialed', dial, index: callee ? index : null });
  }

  /** Another one of that name may listen by now. */
  #stopListening(host: string, port: HostPort): void {
    if (this.#listening.get(host) === port) this.#listening.delete(host);
  }
}
