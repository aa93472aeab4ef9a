import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { HitherPage } from '../app/HitherPage';
import { Instance, type InstanceOptions } from '../app/Instance';
import { command } from './command';
import type { Display } from './Display';
import type { Machine } from './Machines';
import { type Picture, showPicture } from './MovingPattern';
import type { NetworkHost } from './Network';

/** From the right edge of Chromium's capture bar to the middle of its button; the words to its left vary in length. */
const STOP_FROM_RIGHT_PX = 118;

export interface HostOptions extends Omit<InstanceOptions, 'wrap' | 'browser'> {
  machine: Machine;
}

/** One machine of the lab as its person has it: a wire, a screen, and a running Hither. */
export class Host {
  private constructor(
    readonly machine: Machine,
    readonly instance: Instance,
    readonly dir: string,
  ) {}

  /** Starts Hither on a machine and opens its page. */
  static async start({ machine, ...options }: HostOptions): Promise<Host> {
    const { network, browser } = machine;
    const instance = await Instance.start({ ...options, wrap: network.wrap, browser });
    return new Host(machine, instance, options.dir);
  }

  get network(): NetworkHost {
    return this.machine.network;
  }

  get display(): Display {
    return this.machine.display;
  }

  get name(): string {
    return this.instance.name;
  }

  get page(): Page {
    return this.instance.page;
  }

  get app(): HitherPage {
    return this.instance.app;
  }

  get downloadsDir(): string {
    return this.instance.downloadsDir;
  }

  /** Shows a picture on the part of the screen that the browser leaves bare. */
  async show(picture: Picture): Promise<void> {
    await showPicture(this.display, picture, join(this.dir, 'picture.xbm'));
  }

  /** Presses the button that the browser itself shows while a screen is captured; no page can reach it. */
  async pressBrowsersStopSharing(): Promise<void> {
    const [id] = (await this.display.run('xdotool', 'search', '--name', 'is sharing your screen')).split(
      '\n',
    );
    if (!id) throw new Error('the browser shows no window to stop sharing');
    const geometry = await this.display.run('xdotool', 'getwindowgeometry', '--shell', id);
    const [width, height] = ['WIDTH', 'HEIGHT'].map((key) =>
      Number(new RegExp(`${key}=(\\d+)`).exec(geometry)?.[1]),
    );
    if (!width || !height) throw new Error(`no size in ${geometry}`);
    const at = [String(width - STOP_FROM_RIGHT_PX), String(Math.round(height / 2))];
    await this.display.run('xdotool', 'mousemove', '--window', id, ...at, 'click', '1');
  }

  /** Kills backend and browser, as a power cut would. */
  async kill(): Promise<void> {
    const pids = await this.#pids();
    await this.instance.killBackend();
    for (const pid of pids) signal(pid, 'SIGKILL');
  }

  /** Stops backend and browser where they are, as a machine that is put to sleep does. */
  async sleep(): Promise<void> {
    for (const pid of await this.#pids()) signal(pid, 'SIGSTOP');
  }

  /** They go on as if no time had passed. */
  async wake(): Promise<void> {
    for (const pid of await this.#pids()) signal(pid, 'SIGCONT');
  }

  /** Backend and browser, without the screen. */
  async #pids(): Promise<number[]> {
    const pids = (await command('ip', 'netns', 'pids', this.network.namespace)).split('\n').filter(Boolean);
    return pids.map(Number).filter((pid) => !this.display.isServer(pid));
  }

  async stop(): Promise<void> {
    await this.instance.stop();
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Chromium's helpers end by themselves when their browser is gone.
  }
}
