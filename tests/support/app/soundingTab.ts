import type { Locator, Page } from '@playwright/test';

/** Title of the tab, by which the browser's dialog answers itself. */
const TITLE = 'Two tones';

/** The tones of the tab's left and right channel, in Hz. */
export const TAB_TONES = { left: 440, right: 1_200 } as const;

/** Flags for a browser whose dialog chooses the sounding tab, with its sound; tabs play without a click. */
export const soundingTabFlags = [
  `--auto-select-tab-capture-source-by-title=${TITLE}`,
  '--autoplay-policy=no-user-gesture-required',
];

interface SoundingTab {
  sounding?: AudioContext;
}

/** Opens a tab beside `page` that plays another tone on each channel, without end. */
export async function openSoundingTab(page: Page): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.setContent(`<!doctype html><title>${TITLE}</title><body style="background: #1428c8">`);
  await tab.evaluate((tones) => {
    const context = new AudioContext();
    const channels = context.createChannelMerger(2);
    for (const [channel, hertz] of [tones.left, tones.right].entries()) {
      const tone = context.createOscillator();
      tone.frequency.value = hertz;
      const gain = context.createGain();
      gain.gain.value = 0.3;
      tone.connect(gain).connect(channels, 0, channel);
      tone.start();
    }
    channels.connect(context.destination);
    // A capture of a still page gives no picture.
    setInterval(() => (document.body.textContent = String(performance.now())), 100);
    (globalThis as SoundingTab).sounding = context;
  }, TAB_TONES);
  await page.bringToFront();
  return tab;
}

/** Has such a tab fall silent, or sound again. */
export function setSounding(tab: Page, isOn: boolean): Promise<void> {
  return tab.evaluate(async (on) => {
    const { sounding } = globalThis as SoundingTab;
    await (on ? sounding?.resume() : sounding?.suspend());
  }, isOn);
}

/** The strongest frequency of each channel that an audio element plays, in whole Hz; 0 for silence. */
export function channelsOf(audio: Locator): Promise<{ left: number; right: number }> {
  return audio.evaluate(async (element: HTMLAudioElement) => {
    const context = new AudioContext();
    await context.resume();
    const channels = context.createChannelSplitter(2);
    context.createMediaStreamSource(element.srcObject as MediaStream).connect(channels);
    const analysers = [0, 1].map((channel) => {
      const analyser = context.createAnalyser();
      analyser.fftSize = 8192;
      channels.connect(analyser, channel);
      return analyser;
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const [left = 0, right = 0] = analysers.map((analyser) => {
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      const loudest = bins.indexOf(Math.max(...bins));
      const isHeard = (bins[loudest] ?? -Infinity) > -60;
      return isHeard ? Math.round((loudest * context.sampleRate) / analyser.fftSize) : 0;
    });
    await context.close();
    return { left, right };
  });
}
