import type { Locator, Page } from '@playwright/test';

/** What `paintScreens` keeps in its page. */
interface PaintedPage {
  painted?: MediaStreamTrack[];
  negotiations?: number;
  encodings?: unknown[][];
  connections?: RTCPeerConnection[];
}

/** The colours of the screens that a page is given, in the order it asks. */
const screenColours = [
  [200, 30, 30],
  [20, 140, 60],
  [30, 60, 200],
] as const;

/**
 * Runs in a page before its own scripts: every question for a screen gets one of the next colour, without a display and without a
 * picker; the page's negotiations are counted, and the encodings that the browser took are kept.
 */
export function paintScreens(): void {
  const page = globalThis as PaintedPage;
  const tracks: MediaStreamTrack[] = [];
  page.painted = tracks;
  page.negotiations = 0;
  const encodings: unknown[][] = [];
  page.encodings = encodings;
  const colours = ['rgb(200 30 30)', 'rgb(20 140 60)', 'rgb(30 60 200)'];
  navigator.mediaDevices.getDisplayMedia = () => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 640, height: 360 });
    const pen = canvas.getContext('2d');
    const colour = colours[tracks.length % colours.length] ?? '';
    const stream = canvas.captureStream(15);
    const [track] = stream.getVideoTracks();
    if (!pen || !track) throw new Error('no canvas to paint on');
    // A browser sends what is painted, also where it is the same again.
    setInterval(() => {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, canvas.width, canvas.height);
    }, 50);
    Object.defineProperty(track, 'label', { value: `Painting ${tracks.push(track)}` });
    return Promise.resolve(stream);
  };
  type Describe = (this: RTCPeerConnection, ...args: unknown[]) => Promise<void>;
  const describe = Reflect.get(RTCPeerConnection.prototype, 'setLocalDescription') as Describe;
  const setLocalDescription = function (this: RTCPeerConnection, ...args: unknown[]) {
    page.negotiations = (page.negotiations ?? 0) + 1;
    page.connections = [...new Set([...(page.connections ?? []), this])];
    return describe.apply(this, args);
  };
  Object.assign(RTCPeerConnection.prototype, { setLocalDescription });
  type Set = (this: RTCRtpSender, parameters: RTCRtpSendParameters) => Promise<void>;
  const { setParameters } = RTCRtpSender.prototype as { setParameters: Set };
  RTCRtpSender.prototype.setParameters = async function (this: RTCRtpSender, parameters) {
    await setParameters.call(this, parameters);
    const { degradationPreference, encodings: given } = this.getParameters();
    const each = given.map(({ maxBitrate, maxFramerate }) => [
      maxBitrate,
      maxFramerate,
      degradationPreference,
    ]);
    encodings.push(...each);
  };
}

/** Makes the newest capture of such a page as large as this, in pixels each way; Chromium's of a minimised window is 2. */
export function resizeCapture(page: Page, sizePx: number): Promise<void> {
  return page.evaluate((size) => {
    const track = (globalThis as PaintedPage).painted?.at(-1) as CanvasCaptureMediaStreamTrack;
    Object.assign(track.canvas, { width: size, height: size });
  }, sizePx);
}

/** How the captures of such a page stand, in the order they were made. */
export function capturesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => ((globalThis as PaintedPage).painted ?? []).map(({ readyState }) => readyState));
}

export function negotiationsOf(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as PaintedPage).negotiations ?? 0);
}

/** What the browser of such a page thinks that its connections can carry altogether, in bits a second. */
export function estimateOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let sum = 0;
    for (const connection of (globalThis as PaintedPage).connections ?? [])
      for (const each of (await connection.getStats()).values() as Iterable<RTCIceCandidatePairStats>)
        if (each.type === 'candidate-pair' && each.nominated) sum += each.availableOutgoingBitrate ?? 0;
    return sum;
  });
}

/** What the browser took for each sender of such a page: most bits and frames per second, and what gives way. */
export function encodingsOf(page: Page): Promise<unknown[][]> {
  return page.evaluate(() => (globalThis as PaintedPage).encodings ?? []);
}

/** Number of the painted screen that a video shows; `null` where it shows something else, or nothing. */
export async function paintedIn(video: Locator): Promise<number | null> {
  if (!(await video.isVisible())) return null;
  const seen = await video.evaluate((element: HTMLVideoElement) => {
    if (element.videoWidth === 0) return [];
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context?.drawImage(element, 0, 0, 1, 1);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  });
  const isSeen = (colour: readonly number[]) =>
    seen.length === 3 && seen.every((value, channel) => Math.abs(value - (colour[channel] ?? 0)) < 40);
  const index = screenColours.findIndex(isSeen);
  return index < 0 ? null : index + 1;
}
