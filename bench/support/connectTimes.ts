import type { Page } from '@playwright/test';

/** Moments of one try, in ms since the epoch; pages of one machine share that clock. */
export interface Moments {
  /** The caller's click on the card. */
  clickedMs: number;
  /** The caller's page says "Connected". */
  connectedMs: number;
  /** The caller's page pressed "Share". */
  sharedMs: number;
  /** The other page showed a picture of that screen. */
  pictureMs: number;
}

interface TimedPage {
  moments?: Partial<Moments>;
}

/**
 * From now on a page notes the moments of the next try. The caller's presses "Share" by itself, as soon as there is such a button in
 * the session, so that nothing but the page is measured; a page with `paintStampedScreen` is asked for no picker.
 * @param words what the page says when it is connected, and what it calls the button
 */
export async function timeConnecting(page: Page, words: { connected: string; share: string }): Promise<void> {
  await page.evaluate(({ connected, share }) => {
    const moments: Partial<Moments> = {};
    (globalThis as TimedPage).moments = moments;
    document.addEventListener('click', () => (moments.clickedMs ??= Date.now()), {
      capture: true,
      once: true,
    });
    // No function has a name in here, because the bundler's helpers for names stay behind.
    new MutationObserver((_, observer) => {
      const told = [...document.querySelectorAll('[role=status]')];
      if (!told.some(({ textContent }) => textContent === connected)) return;
      moments.connectedMs ??= Date.now();
      const button = [...document.querySelectorAll<HTMLButtonElement>('button')].find(
        (each) => (each.ariaLabel ?? each.textContent) === share,
      );
      if (!button || button.ariaDisabled === 'true') return;
      observer.disconnect();
      moments.sharedMs = Date.now();
      button.click();
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  }, words);
}

/** From now on a page notes when it shows the next video's first picture. */
export async function timePicture(page: Page): Promise<void> {
  await page.evaluate(() => {
    const moments: Partial<Moments> = {};
    (globalThis as TimedPage).moments = moments;
    document.addEventListener(
      'loadstart',
      ({ target }) => {
        if (target instanceof HTMLVideoElement)
          target.requestVideoFrameCallback(() => (moments.pictureMs ??= Date.now()));
      },
      { capture: true },
    );
  });
}

/** What a page has noted, once it has noted its last; the debugger asks only now and then, so that it costs the page little. */
export async function momentsOf(page: Page, last: keyof Moments): Promise<Moments> {
  await page.waitForFunction((name) => (globalThis as TimedPage).moments?.[name] !== undefined, last, {
    polling: 100,
    timeout: 30_000,
  });
  return page.evaluate(() => (globalThis as TimedPage).moments as Moments);
}

/**
 * The yardstick: two bare connections within one page, which hand each other their descriptions and candidates as they come. No
 * signaling, no trust, no second browser.
 * @returns ms until a data channel is open, and until a screen that was there from the start is seen
 */
export async function bareTimes(page: Page): Promise<{ connectedMs: number; pictureMs: number }> {
  return page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getDisplayMedia();
    const video = document.createElement('video');
    Object.assign(video, { muted: true, autoplay: true });
    document.body.append(video);
    const startedMs = performance.now();
    const [caller, callee] = [new RTCPeerConnection(), new RTCPeerConnection()];
    caller.onicecandidate = ({ candidate }) => void callee.addIceCandidate(candidate ?? undefined);
    callee.onicecandidate = ({ candidate }) => void caller.addIceCandidate(candidate ?? undefined);
    const channel = caller.createDataChannel('bare');
    const opened = new Promise<number>((resolve) => {
      channel.onopen = () => resolve(performance.now() - startedMs);
    });
    const seen = new Promise<number>((resolve) => {
      callee.ontrack = ({ track }) => {
        video.srcObject = new MediaStream([track]);
        video.requestVideoFrameCallback(() => resolve(performance.now() - startedMs));
      };
    });
    for (const track of stream.getTracks()) caller.addTrack(track, stream);
    await caller.setLocalDescription();
    await callee.setRemoteDescription(caller.localDescription!);
    await callee.setLocalDescription();
    await caller.setRemoteDescription(callee.localDescription!);
    const [connectedMs, pictureMs] = await Promise.all([opened, seen]);
    for (const connection of [caller, callee]) connection.close();
    for (const track of stream.getTracks()) track.stop();
    video.remove();
    return { connectedMs, pictureMs };
  });
}
