import type { Locator, Page } from '@playwright/test';

/** What `keepSenders` keeps in its page. */
interface KeptPage {
  kept?: RTCPeerConnection[];
}

/** How a page sends its screen, by its sender's parameters and by its statistics. */
export interface SentScreen {
  hint: string;
  gives: string | undefined;
  maxFramerate: number | undefined;
  maxBitrate: number | undefined;
  codec: string | undefined;
  size: string;
  framesEncoded: number;
}

/** Runs in a page before its own scripts: its connections are kept, for `sentScreen`. */
export function keepSenders(): void {
  const page = globalThis as KeptPage;
  const kept: RTCPeerConnection[] = [];
  page.kept = kept;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
}

/** How the screen goes that a page with `keepSenders` shares; `null` where it sends none. */
export function sentScreen(page: Page): Promise<SentScreen | null> {
  return page.evaluate(async () => {
    for (const connection of (globalThis as KeptPage).kept ?? [])
      for (const sender of connection.getSenders()) {
        if (sender.track?.kind !== 'video' || connection.connectionState !== 'connected') continue;
        const report = [...(await sender.getStats()).values()] as Record<string, unknown>[];
        const out = report.find(({ type }) => type === 'outbound-rtp');
        const codec = report.find(({ id }) => id === out?.['codecId']);
        const { degradationPreference, encodings } = sender.getParameters();
        return {
          hint: sender.track.contentHint,
          gives: degradationPreference,
          maxFramerate: encodings[0]?.maxFramerate,
          maxBitrate: encodings[0]?.maxBitrate,
          codec: String(codec?.['mimeType']),
          size: `${String(out?.['frameWidth'])}x${String(out?.['frameHeight'])}`,
          framesEncoded: Number(out?.['framesEncoded']),
        };
      }
    return null;
  });
}

/** Pictures a second that such a page encodes, over two seconds. */
export async function sentRate(page: Page): Promise<number> {
  const before = await sentScreen(page);
  await page.waitForTimeout(2_000);
  const after = await sentScreen(page);
  return ((after?.framesEncoded ?? 0) - (before?.framesEncoded ?? 0)) / 2;
}

/** Width and height of what a video shows. */
export function shownSize(video: Locator): Promise<string> {
  return video.evaluate((element: HTMLVideoElement) => `${element.videoWidth}x${element.videoHeight}`);
}

/** Something moves in a corner of the page from now on, all the time or until `stopMoving`. */
export function startMoving(page: Page): Promise<void> {
  return page.evaluate(() => {
    const box = document.createElement('div');
    box.id = 'moving';
    Object.assign(box.style, {
      ...{ position: 'fixed', left: '0', top: '60px', width: '40px', height: '40px', zIndex: '9999' },
      ...{ background: 'teal', pointerEvents: 'none' },
    });
    document.body.append(box);
    box.animate([{ transform: 'none' }, { transform: 'translateX(300px)' }], {
      ...{ duration: 900, iterations: Number.POSITIVE_INFINITY, direction: 'alternate' },
    });
  });
}

export function stopMoving(page: Page): Promise<void> {
  return page.evaluate(() => document.getElementById('moving')?.remove());
}
