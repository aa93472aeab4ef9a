import type { ProbeChannel } from '../../src/renderer/core/pace/LinkProbe';

type Listener = (event: MessageEvent<unknown>) => void;

/** One end of a probe channel; what is sent waits until the test delivers it. */
export class FakeProbeChannel {
  readyState: RTCDataChannelState = 'open';
  bufferedAmount = 0;
  readonly sent: ArrayBuffer[] = [];
  readonly #listeners = new Set<Listener>();
  #twin: FakeProbeChannel | null = null;

  static pair(): [FakeProbeChannel & ProbeChannel, FakeProbeChannel & ProbeChannel] {
    const ends = [new FakeProbeChannel(), new FakeProbeChannel()] as const;
    ends[0].#twin = ends[1];
    ends[1].#twin = ends[0];
    return [ends[0] as FakeProbeChannel & ProbeChannel, ends[1] as FakeProbeChannel & ProbeChannel];
  }

  send(data: Uint8Array<ArrayBuffer>): void {
    this.sent.push(data.slice().buffer);
  }

  addEventListener(_: 'message', listener: Listener): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_: 'message', listener: Listener): void {
    this.#listeners.delete(listener);
  }

  /** Everything that was sent arrives at the other end. */
  deliver(): void {
    for (const data of this.sent.splice(0)) this.#twin?.receive(data);
  }

  receive(data: unknown): void {
    for (const listener of this.#listeners) listener({ data } as MessageEvent<unknown>);
  }
}
