import type { Page } from '@playwright/test';

interface BarePage {
  bare?: RTCPeerConnection | undefined;
  bareStream?: MediaStream | undefined;
}

/** Captures the display as any page would, and offers it; the offer has all its candidates. */
export function offerBare(page: Page, frameRate: number): Promise<string> {
  return page.evaluate(async (rate) => {
    const bare = globalThis as BarePage;
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: rate, max: rate } },
    });
    const connection = new RTCPeerConnection();
    Object.assign(bare, { bare: connection, bareStream: stream });
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) =>
        connection.addEventListener('icegatheringstatechange', resolve, { once: true }),
      );
    return connection.localDescription?.sdp ?? '';
  }, frameRate);
}

/** Shows what is offered over the whole page; @returns the answer */
export function answerBare(page: Page, offer: string): Promise<string> {
  return page.evaluate(async (sdp) => {
    const connection = new RTCPeerConnection();
    Object.assign(globalThis as BarePage, { bare: connection });
    const video = document.createElement('video');
    Object.assign(video, { muted: true, autoplay: true });
    Object.assign(video.style, { position: 'fixed', inset: '0', width: '100%', height: '100%' });
    document.body.append(video);
    connection.addEventListener('track', ({ streams }) => {
      video.srcObject = streams[0] ?? null;
    });
    await connection.setRemoteDescription({ type: 'offer', sdp });
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) =>
        connection.addEventListener('icegatheringstatechange', resolve, { once: true }),
      );
    return connection.localDescription?.sdp ?? '';
  }, offer);
}

export function completeBare(page: Page, answer: string): Promise<void> {
  return page.evaluate(
    (sdp) => (globalThis as BarePage).bare?.setRemoteDescription({ type: 'answer', sdp }),
    answer,
  );
}

export function stopBare(page: Page): Promise<void> {
  return page.evaluate(() => {
    const bare = globalThis as BarePage;
    bare.bare?.close();
    for (const track of bare.bareStream?.getTracks() ?? []) track.stop();
    document.querySelector('video')?.remove();
  });
}
