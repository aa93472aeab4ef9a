import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';

const RATE = 48_000;
const WAV_HEADER = 44;

/** Flags for Chromium's own made-up camera and microphone, which are allowed unasked. @param tonePath a WAV to be heard */
export function madeUpDevices(tonePath?: string): string[] {
  const flags = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  return tonePath === undefined ? flags : [...flags, `--use-file-for-fake-audio-capture=${tonePath}`];
}

/** Writes two seconds of a tone, which Chromium plays again and again; returns the path. @param hertz a whole number */
export async function writeTone(dir: string, hertz: number): Promise<string> {
  const count = 2 * RATE;
  const wav = Buffer.alloc(WAV_HEADER + count * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(count * 2, 40);
  for (let n = 0; n < count; n += 1)
    wav.writeInt16LE(Math.round(12_000 * Math.sin((2 * Math.PI * hertz * n) / RATE)), WAV_HEADER + n * 2);
  const path = join(dir, `tone-${hertz}.wav`);
  await writeFile(path, wav);
  return path;
}

/** What `watchDevices` keeps in its page. */
interface WatchedPage {
  links?: RTCPeerConnection[];
  userTracks?: MediaStreamTrack[];
}

/** Runs in a page before its own scripts: keeps its connections, and the tracks of what it captures of the person. */
export function watchDevices(): void {
  const page = globalThis as WatchedPage;
  const links: RTCPeerConnection[] = [];
  const tracks: MediaStreamTrack[] = [];
  page.links = links;
  page.userTracks = tracks;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args: ConstructorParameters<typeof RTCPeerConnection>) {
      super(...args);
      links.push(this);
    }
  };
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
}

/** How the tracks stand that such a page asked for, in order. */
export function userTracksOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    ((globalThis as WatchedPage).userTracks ?? []).map(({ kind, readyState }) => `${kind} ${readyState}`),
  );
}

/** As when the device of the last track is unplugged: Chromium's made-up ones can't be. */
export function unplug(page: Page): Promise<void> {
  return page.evaluate(() => {
    const track = (globalThis as WatchedPage).userTracks?.at(-1);
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  });
}

/** Packets and bytes of sound that such a page has sent so far. */
export function soundSent(page: Page): Promise<{ packets: number; bytes: number }> {
  return page.evaluate(async () => {
    const sum = { packets: 0, bytes: 0 };
    for (const link of (globalThis as WatchedPage).links ?? []) {
      if (link.connectionState === 'closed') continue;
      for (const stats of (await link.getStats()).values() as Iterable<RTCOutboundRtpStreamStats>) {
        if (stats.type !== 'outbound-rtp' || stats.kind !== 'audio') continue;
        sum.packets += stats.packetsSent ?? 0;
        sum.bytes += stats.bytesSent ?? 0;
      }
    }
    return sum;
  });
}

/** The strongest frequency of what an audio element plays, in Hz, and the width of a bin of the analysis; 0 for silence. */
export function toneOf(audio: Locator): Promise<{ hertz: number; binHertz: number }> {
  return audio.evaluate(async (element: HTMLAudioElement) => {
    const context = new AudioContext();
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 8192;
    context.createMediaStreamSource(element.srcObject as MediaStream).connect(analyser);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const binHertz = context.sampleRate / analyser.fftSize;
    await context.close();
    const loudest = bins.indexOf(Math.max(...bins));
    return { hertz: (bins[loudest] ?? -Infinity) > -60 ? loudest * binHertz : 0, binHertz };
  });
}

/** Pictures that a video element has shown. */
export function picturesOf(video: Locator): Promise<number> {
  return video.evaluate((element: HTMLVideoElement) => element.getVideoPlaybackQuality().totalVideoFrames);
}
