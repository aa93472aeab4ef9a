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

/** Hands the ends of message channels from the host that dials to the one that it dials, and knows nothing of what they carry. */
export class Switchboard {
  readonly #listening = new Map<string, MessagePort>();

  /** Adds a host; one of the same name has gone. @returns the host's own end */
  plugIn(host: string): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#listening.delete(host);
    port1.onmessage = ({ data }: MessageEvent<ToSwitchboard>) => this.#handle(host, port1, data);
    port1.addEventListener('close', () => {
      if (this.#listening.get(host) === port1) this.#listening.delete(host);
    });
    return port2;
  }

  #handle(host: string, port: MessagePort, message: ToSwitchboard): void {
    if (message.type === 'listen') this.#listening.set(host, port);
    else if (message.type === 'stop-listening') this.#listening.delete(host);
    else this.#connect(host, port, message);
  }

  #connect(
    from: string,
    port: MessagePort,
    { dial, hosts, channel }: ToSwitchboard & { type: 'dial' },
  ): void {
    const index = hosts.findIndex((host) => this.#listening.has(host));
    const callee = this.#listening.get(hosts[index] ?? '');
    if (callee) say(callee, { type: 'call', from, channel }, [channel]);
    say(port, { type: 'dialed', dial, index: callee ? index : null });
  }
}

function say(port: MessagePort, message: FromSwitchboard, transfer: Transferable[] = []): void {
  port.postMessage(message, transfer);
}
