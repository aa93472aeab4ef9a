import type { Page } from '@playwright/test';

/** What the two blank pages keep between steps. */
interface RawEnd {
  connection: RTCPeerConnection;
  channel: RTCDataChannel;
}

declare global {
  interface Window {
    rawEnd?: RawEnd;
  }
}

/** Bytes waiting in the channel above which the sender pauses, and at which it goes on. */
const HIGH_WATER_BYTES = 4 * 1024 * 1024;
const LOW_WATER_BYTES = 1024 * 1024;
/** Bytes read from the file at once, one read ahead of the sending. */
const SLAB_BYTES = 4 * 1024 * 1024;
/** Largest message Chromium takes without splitting its buffer; larger ones gain nothing. */
const MAX_MESSAGE_BYTES = 256 * 1024;

/**
 * The yardstick: sends a file over one bare, well-tuned RTCDataChannel. The receiver counts the bytes and drops them:
 * nothing is hashed, verified or written.
 * @param from a blank page; the file is set on an input in it, as a person would
 * @param to a blank page in the other browser
 * @returns MB (10^6 bytes) per second, from the first message to the receiver's word that all is there
 */
export async function rawMegabytesPerSecond(from: Page, to: Page, file: string): Promise<number> {
  await from.setContent('<input type="file">');
  await from.locator('input').setInputFiles(file);
  await linkPages(from, to);
  const { bytes, ms } = await from.evaluate(sendChosenFile, {
    highWaterBytes: HIGH_WATER_BYTES,
    lowWaterBytes: LOW_WATER_BYTES,
    slabBytes: SLAB_BYTES,
    maxMessageBytes: MAX_MESSAGE_BYTES,
  });
  for (const page of [from, to]) await page.evaluate(() => window.rawEnd?.connection.close());
  return bytes / 1e6 / (ms / 1000);
}

/** Connects the pages; this process carries the two descriptions. */
async function linkPages(from: Page, to: Page): Promise<void> {
  const offer = await from.evaluate(async () => {
    const connection = new RTCPeerConnection();
    const channel = connection.createDataChannel('raw', { negotiated: true, id: 0 });
    window.rawEnd = { connection, channel };
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) => setTimeout(resolve, 20));
    return connection.localDescription?.toJSON() as RTCSessionDescriptionInit;
  });
  const answer = await to.evaluate(async (description) => {
    const connection = new RTCPeerConnection();
    const channel = connection.createDataChannel('raw', { negotiated: true, id: 0 });
    window.rawEnd = { connection, channel };
    channel.binaryType = 'arraybuffer';
    let expected = Number.POSITIVE_INFINITY;
    let received = 0;
    channel.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') expected = Number(data);
      else received += data.byteLength;
      if (received === expected) channel.send('done');
    };
    await connection.setRemoteDescription(description);
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) => setTimeout(resolve, 20));
    return connection.localDescription?.toJSON() as RTCSessionDescriptionInit;
  }, offer);
  await from.evaluate((description) => window.rawEnd?.connection.setRemoteDescription(description), answer);
}

/** Runs in the sending page; no function has a name inside, because the bundler's helpers for names stay behind. */
async function sendChosenFile(limits: {
  highWaterBytes: number;
  lowWaterBytes: number;
  slabBytes: number;
  maxMessageBytes: number;
}): Promise<{ bytes: number; ms: number }> {
  const end = window.rawEnd;
  const file = document.querySelector('input')?.files?.[0];
  if (!end || !file) throw new Error('the page is not set up');
  const { channel, connection } = end;
  if (channel.readyState !== 'open') await new Promise((resolve) => (channel.onopen = resolve));
  const done = new Promise((resolve) => (channel.onmessage = resolve));
  channel.bufferedAmountLowThreshold = limits.lowWaterBytes;
  const messageBytes = Math.min(
    connection.sctp?.maxMessageSize ?? limits.maxMessageBytes,
    limits.maxMessageBytes,
  );

  const startedMs = performance.now();
  channel.send(String(file.size));
  let next = file.slice(0, limits.slabBytes).arrayBuffer();
  for (
    let readBytes = limits.slabBytes;
    readBytes < file.size + limits.slabBytes;
    readBytes += limits.slabBytes
  ) {
    const bytes = await next;
    next = file.slice(readBytes, readBytes + limits.slabBytes).arrayBuffer();
    for (let at = 0; at < bytes.byteLength; at += messageBytes) {
      if (channel.bufferedAmount > limits.highWaterBytes) {
        await new Promise((resolve) => (channel.onbufferedamountlow = resolve));
      }
      channel.send(new Uint8Array(bytes, at, Math.min(messageBytes, bytes.byteLength - at)));
    }
  }
  await done;
  return { bytes: file.size, ms: performance.now() - startedMs };
}
