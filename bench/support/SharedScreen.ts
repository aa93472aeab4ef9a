import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ScreenQuality } from '../../src/shared/settings/screenQuality';
import { en } from '../../src/renderer/i18n/en';
import { VoiceSettings } from '../../src/shared/settings/voice';
import { connect } from '../../tests/support/app/connect';
import { Instance } from '../../tests/support/app/Instance';
import { startBrowser } from '../../tests/support/app/openBrowser';
import { Display } from '../../tests/support/lab/Display';
import { keepSocket, request } from '../../tests/support/lab/pageRequests';
import { speakTone } from './toneGaps';
import { blankPage } from './blankPage';
import { answerBare, completeBare, offerBare, stopBare } from './bareShare';

/** Who shares: Hither, or two bare pages in the same browsers. */
export type Sharer = 'hither' | 'bare';

export interface SharedScreenOptions {
  /** Folder for everything it keeps. */
  dir: string;
  /** Of the X display, in pixels. */
  size: { width: number; height: number };
  /** Switches of the browser that shows Hither's viewer, as the desktop app has; the bare viewer then has a browser without them. */
  viewerSwitches?: readonly string[];
  /** A voice goes along with the screen: a tone. */
  hasVoice?: boolean;
  /** The network namespaces of sharer and viewer; this machine's own where not given. */
  wraps?: readonly [Wrap, Wrap];
  /** Connects the two; by discovery where not given. */
  meet?: (sharer: Instance, viewer: Instance) => Promise<void>;
}

/** Nobody clicks on the bare page, and a made-up microphone is made of sound. */
const UNASKED_SOUND = '--autoplay-policy=no-user-gesture-required';

type Wrap = (program: string, ...args: string[]) => [string, ...string[]];
const here: Wrap = (program, ...args) => [program, ...args];

/**
 * Two devices, one on an X display of its own, and beside each a bare page in the same browser: what is on the display is shared by Hither
 * or, for a baseline, by `getDisplayMedia` and an `RTCPeerConnection` alone.
 */
export class SharedScreen {
  readonly #stops: (() => Promise<unknown>)[] = [];
  readonly #bare: { sharer: Page; viewer: Page };

  readonly display: Display;
  readonly sharer: Instance;
  readonly viewer: Instance;
  readonly #hasVoice: boolean;

  private constructor(
    { display, sharer, viewer }: { display: Display; sharer: Instance; viewer: Instance },
    bare: { sharer: Page; viewer: Page },
    hasVoice: boolean,
    stops: (() => Promise<unknown>)[],
  ) {
    this.display = display;
    this.sharer = sharer;
    this.viewer = viewer;
    this.#bare = bare;
    this.#hasVoice = hasVoice;
    this.#stops = stops;
  }

  static async start({
    dir,
    size,
    viewerSwitches = [],
    hasVoice = false,
    wraps = [here, here],
    meet,
  }: SharedScreenOptions): Promise<SharedScreen> {
    const stops: (() => Promise<unknown>)[] = [];
    const display = await Display.start({ wrap: wraps[0] }, size);
    stops.push(() => display.stop());
    const open = async (name: string, index: 0 | 1): Promise<Instance> => {
      const wrap = wraps[index] === here ? undefined : wraps[index];
      const displayName = index === 0 ? display.name : undefined;
      const flags = index === 1 ? viewerSwitches : hasVoice ? [UNASKED_SOUND] : [];
      const options = { dir: join(dir, name), displayName, wrap, flags, hidesAddresses: false };
      const instance = await Instance.start({
        ...options,
        name,
        locale: 'en-US',
        tamper: hasVoice && index === 0 ? [keepSocket, speakTone] : keepSocket,
      });
      stops.push(() => instance.stop());
      await instance.app.welcome();
      return instance;
    };
    const sharer = await open(`Bench sharer ${process.pid}`, 0);
    const viewer = await open(`Bench viewer ${process.pid}`, 1);
    let other = viewer.browser;
    if (viewerSwitches.length > 0) {
      const apart = await startBrowser({ dir: join(dir, 'bare'), hidesAddresses: false });
      stops.push(() => apart.close());
      other = await apart.newContext({ viewport: null });
    }
    const bare = { sharer: await blankPage(sharer.browser), viewer: await blankPage(other) };
    for (const { page } of [sharer, viewer]) await page.bringToFront();
    await fillDisplay(sharer.page, size);
    await (meet ?? connect)(sharer, viewer);
    return new SharedScreen({ display, sharer, viewer }, bare, hasVoice, stops);
  }

  /** The page that shows on the display, while `who` shares, and the one that shows it elsewhere. */
  pages(who: Sharer): { sharer: Page; viewer: Page } {
    return who === 'bare' ? this.#bare : { sharer: this.sharer.page, viewer: this.viewer.page };
  }

  /** Brings the pages to the front and shares; resolves when the viewer has a picture. */
  async share(who: Sharer, quality: ScreenQuality): Promise<void> {
    const { sharer, viewer } = this.pages(who);
    for (const page of [sharer, viewer]) await page.bringToFront();
    if (who === 'hither') {
      await request(sharer, 'settings:update', { screenQuality: quality });
      if (this.#hasVoice) await this.#speak();
      await this.sharer.app.shareScreen();
      await this.viewer.app.remoteVideo.waitFor();
    } else {
      const { frameRate } = quality;
      const offer = await offerBare(sharer, { frameRate, hasVoice: this.#hasVoice });
      await completeBare(sharer, await answerBare(viewer, offer));
    }
    await viewer.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
  }

  /** Turns on the microphone, as it is. */
  async #speak(): Promise<void> {
    const { page } = this.sharer;
    const voice = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    await request(page, 'settings:update', { voice: VoiceSettings.parse(voice) });
    const turnOn = page.getByRole('button', { name: en.voice.mic.turnOn, exact: true });
    if (await turnOn.isVisible()) await turnOn.click();
  }

  async stopSharing(who: Sharer): Promise<void> {
    if (who === 'hither') await this.sharer.app.stopSharing();
    else for (const page of Object.values(this.#bare)) await stopBare(page);
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.reverse()) await stop();
  }
}

/** Makes a page's window as large as the display. */
async function fillDisplay(page: Page, { width, height }: { width: number; height: number }): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  const { windowId } = await devTools.send('Browser.getWindowForTarget');
  await devTools.send('Browser.setWindowBounds', { windowId, bounds: { left: 0, top: 0, width, height } });
  await devTools.detach();
}
