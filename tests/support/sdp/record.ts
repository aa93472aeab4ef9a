import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../../../scripts/chromium.mjs';
import { browserFlags } from '../app/browserFlags';

/**
 * Records the SDP of a real browser into `recorded/`, for the tests of what we take from a peer: run it again with a
 * new browser, and look at what changed.
 */
const folder = join(import.meta.dirname, 'recorded');

/** Runs in the page: offers and answers of connections as Hither makes them, with ever more in them. */
async function recordInPage(): Promise<Record<string, string>> {
  const recorded: Record<string, string> = {};
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
  const audio = new AudioContext().createMediaStreamDestination();
  const gathered = (connection: RTCPeerConnection): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (connection.iceGatheringState === 'complete') resolve();
      };
      connection.addEventListener('icegatheringstatechange', look);
      look();
    });
  const record = async (name: string, screens: number, withSound: boolean): Promise<void> => {
    const [ours, theirs] = [new RTCPeerConnection(), new RTCPeerConnection()];
    ours.createDataChannel('control');
    ours.createDataChannel('lane', { negotiated: true, id: 100 });
    for (let screen = 0; screen < screens; screen++) {
      const stream = new MediaStream(canvas.captureStream(5).getTracks());
      if (withSound) stream.addTrack(audio.stream.getAudioTracks()[0]!.clone());
      for (const track of stream.getTracks()) ours.addTrack(track, stream);
    }
    await ours.setLocalDescription();
    recorded[`${name}-offer-trickle`] = ours.localDescription!.sdp;
    await gathered(ours);
    recorded[`${name}-offer`] = ours.localDescription!.sdp;
    await theirs.setRemoteDescription(ours.localDescription!);
    await theirs.setLocalDescription();
    recorded[`${name}-answer-trickle`] = theirs.localDescription!.sdp;
    await gathered(theirs);
    recorded[`${name}-answer`] = theirs.localDescription!.sdp;
    await ours.setRemoteDescription(theirs.localDescription!);
    if (name === 'stopped') {
      for (const transceiver of ours.getTransceivers().slice(1)) transceiver.stop();
      await ours.setLocalDescription();
      recorded['stopped-again'] = ours.localDescription!.sdp;
    }
    ours.close();
    theirs.close();
  };
  await record('data', 0, false);
  await record('screen', 1, false);
  await record('screen-sound', 1, true);
  await record('four-screens-sound', 4, true);
  await record('stopped', 2, true);
  return recorded;
}

const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: browserFlags() });
try {
  const page = await browser.newPage();
  await mkdir(folder, { recursive: true });
  // The bundler of tsx names functions by a helper that the page lacks.
  await page.evaluate('globalThis.__name = (each) => each');
  for (const [name, sdp] of Object.entries(await page.evaluate(recordInPage))) {
    const lines = sdp.split('\r\n');
    const longest = Math.max(...lines.map((line) => line.length));
    console.log(JSON.stringify({ name, length: sdp.length, lines: lines.length, longest }));
    await writeFile(join(folder, `${name}.sdp`), sdp);
  }
  console.log(JSON.stringify({ browser: browser.version() }));
} finally {
  await browser.close();
}
