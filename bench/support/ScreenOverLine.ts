import { command } from '../../tests/support/lab/command';
import { Network } from '../../tests/support/lab/Network';
import type { WanOptions } from '../../tests/support/lab/WanLink';
import { answer } from '../../tests/support/app/connect';
import { SharedScreen, type SharedScreenOptions } from './SharedScreen';

/** Bytes that a token bucket lets through at once: some ten packets, so that a frame's packets queue as before a modem. */
const BURST_BYTES = 15_000;
/** Longest that a packet waits in front of the limit before it is dropped, in ms: a home router's queue. */
const QUEUE_MS = 200;

/** A shared screen whose sharer and viewer are in two network namespaces, with a line between them. Needs root and a C compiler. */
export class ScreenOverLine {
  #isLimited = false;

  private constructor(
    readonly screen: SharedScreen,
    private readonly sharerNamespace: string,
    private readonly network: Network,
  ) {}

  static async start(
    line: WanOptions,
    options: Omit<SharedScreenOptions, 'wraps' | 'meet'>,
  ): Promise<ScreenOverLine> {
    const network = await Network.create();
    try {
      const hosts = [await network.addHost(), await network.addHost()] as const;
      const { b } = await network.stretch(...hosts, options.dir, line);
      const screen = await SharedScreen.start({
        ...options,
        wraps: [hosts[0].wrap, hosts[1].wrap],
        meet: async (sharer, viewer) => {
          await sharer.app.connectToAddress(b);
          await answer(sharer, viewer);
        },
      });
      return new ScreenOverLine(screen, hosts[0].namespace, network);
    } catch (error) {
      await network.remove();
      throw error;
    }
  }

  /** Limits what leaves the sharer from now on, by a token bucket; @param mbit in Mbit/s */
  async limit(mbit: number): Promise<void> {
    const verb = this.#isLimited ? 'change' : 'add';
    this.#isLimited = true;
    const bucket = ['rate', `${mbit}mbit`, 'burst', String(BURST_BYTES), 'latency', `${QUEUE_MS}ms`];
    await command('tc', '-n', this.sharerNamespace, 'qdisc', verb, 'dev', 'wan0', 'root', 'tbf', ...bucket);
  }

  async stop(): Promise<void> {
    await this.screen.stop();
    await this.network.remove();
  }
}
