import type { Page } from '@playwright/test';

/** A tone's part of a received voice, a hundred times a second. */
export interface HeardTone {
  atMs: number;
  /** Amplitude of the tone, full scale 1. */
  level: number;
}

/** How well a steady tone came. */
export interface ToneGaps {
  /** What part of the time it was missing, from 0 to 1, and the longest time, in ms. */
  missing: number;
  longestMs: number;
}

/** A tone that is this much weaker than usual is missing: 12 dB. */
const MISSING = 0.25;
const STEP_MS = 10;
/** As in `speakTone`. */
const TONE_HERTZ = 1_000;

interface HearingPage {
  heard?: HeardTone[];
}

/** Runs in a page before its own scripts: its microphone is a tone. Chromium's own made-up one would make a made-up screen, too. */
export function speakTone(): void {
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    await context.resume();
    const [tone, out] = [context.createOscillator(), context.createMediaStreamDestination()];
    const quieter = new GainNode(context, { gain: 0.4 });
    tone.frequency.value = 1_000;
    tone.connect(quieter).connect(out);
    tone.start();
    return out.stream;
  };
}

/** From now on, how strong the tone of `speakTone` is in what the page's last audio element with a sound plays is noted, for `heardSince`. */
export function listenForTone(page: Page): Promise<void> {
  return page.evaluate(
    async ({ tone, stepMs }) => {
      const played = [...document.querySelectorAll('audio')].findLast(({ srcObject }) => srcObject !== null);
      const [track] = (played?.srcObject as MediaStream | null)?.getAudioTracks() ?? [];
      if (!track) throw new Error('nothing is heard');
      const heard: HeardTone[] = [];
      (globalThis as HearingPage).heard = heard;
      const { readable } = new MediaStreamTrackProcessor({ track: track.clone() });
      // The types of the app know it for pictures alone.
      const reader = (readable as unknown as ReadableStream<AudioData>).getReader();
      // No function has a name in here, because the bundler's helpers for names stay behind.
      void (async () => {
        while ((globalThis as HearingPage).heard === heard) {
          const { value, done } = await reader.read();
          if (done) return;
          const samples = new Float32Array(value.numberOfFrames);
          value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
          const { sampleRate } = value;
          value.close();
          const count = Math.round((sampleRate * stepMs) / 1000);
          for (let from = 0; from + count <= samples.length; from += count) {
            let [real, imaginary] = [0, 0];
            for (let n = 0; n < count; n++) {
              const angle = (2 * Math.PI * tone * n) / sampleRate;
              real += (samples[from + n] ?? 0) * Math.cos(angle);
              imaginary += (samples[from + n] ?? 0) * Math.sin(angle);
            }
            const level = (2 * Math.hypot(real, imaginary)) / count;
            heard.push({ atMs: performance.timeOrigin + performance.now(), level });
          }
        }
        await reader.cancel();
      })();
      await Promise.resolve();
    },
    { tone: TONE_HERTZ, stepMs: STEP_MS },
  );
}

/** What was heard since `listenForTone`, which this ends. */
export function heardSince(page: Page): Promise<HeardTone[]> {
  return page.evaluate(() => {
    const { heard } = globalThis as HearingPage;
    delete (globalThis as HearingPage).heard;
    return heard ?? [];
  });
}

/** How a steady tone came in a span of time, of which the page played every step. */
export function toneGaps(heard: readonly HeardTone[], fromMs: number, toMs: number): ToneGaps {
  const usual = [...heard].map(({ level }) => level).sort((a, b) => a - b)[Math.floor(heard.length / 2)] ?? 0;
  const span = heard.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  let [missing, run, longest] = [0, 0, 0];
  for (const { level } of span) {
    run = level < usual * MISSING ? run + 1 : 0;
    if (run > 0) missing++;
    longest = Math.max(longest, run);
  }
  return { missing: span.length === 0 ? 1 : missing / span.length, longestMs: longest * STEP_MS };
}
