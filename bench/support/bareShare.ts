import type { Page } from '@playwright/test';

interface BarePage {
  bare?: RTCPeerConnection | undefined;
  bareStream?: MediaStream | undefined;
}

export interface BareOptions {
  /** Of the display, in pictures a second; `null` for no picture. */
  frameRate: number | null;
  /** Whether the microphone goes along, as it is. */
  hasVoice: boolean;
}

/** Captures the display and the microphone as any page would, and offers it; the offer has all its candidates. */
export function offerBare(page: Page, options: BareOptions): Promise<string> {
  return page.evaluate(async ({ frameRate: rate, hasVoice }) => {
    const bare = globalThis as BarePage;
    const stream =
      rate === null
        ? new MediaStream()
        : await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: rate, max: rate } } });
    const voice = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    if (hasVoice)
      for (const track of (await navigator.mediaDevices.getUserMedia({ audio: voice })).getTracks())
        stream.addTrack(track);
    const connection = new RTCPeerConnection();
    Object.assign(bare, { bare: connection, bareStream: stream });
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) =>
        connection.addEventListener('icegatheringstatechange', resolve, { once: true }),
      );
    return connection.localDescription?.sdp ?? '';
  }, options);
}

/** Shows what is offered over the whole page, and plays it; @returns the answer */
export function answerBare(page: Page, offer: string): Promise<string> {
  return page.evaluate(async (sdp) => {
    const connection = new RTCPeerConnection();
    Object.assign(globalThis as BarePage, { bare: connection });
    const video = document.createElement('video');
    Object.assign(video, { muted: true, autoplay: true });
    Object.assign(video.style, { position: 'fixed', inset: '0', width: '100%', height: '100%' });
    document.body.append(video);
    const audio = document.createElement('audio');
    audio.autoplay = true;
    document.body.append(audio);
    connection.addEventListener('track', ({ track }) => {
      (track.kind === 'video' ? video : audio).srcObject = new MediaStream([track]);
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
    for (const element of document.querySelectorAll('video, audio')) element.remove();
  });
}
