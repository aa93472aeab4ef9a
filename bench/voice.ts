/*
 * `npm run bench:voice [-- SECONDS [ROUNDS]]`: a voice from mouth to ear. Clicks are played to a null sink of a PulseAudio of its own, which
 * is the microphone of one browser; another null sink is the speaker of the other one, and both sinks are listened to. In turns through Hither
 * and a bare `getUserMedia` and `RTCPeerConnection` in the same browsers, both without echo cancellation, noise suppression and gain.
 * Needs pulseaudio and pulseaudio-utils.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { en } from '../src/renderer/i18n/en';
import { VoiceSettings } from '../src/shared/settings/voice';
import { connect } from '../tests/support/app/connect';
import { Instance } from '../tests/support/app/Instance';
import { Display } from '../tests/support/lab/Display';
import { keepSocket, request } from '../tests/support/lab/pageRequests';
import { answerBare, completeBare, offerBare, stopBare } from './support/bareShare';
import { blankPage } from './support/blankPage';
import { clicks, delays, onsets } from './support/clicks';
import { PulseServer } from './support/PulseServer';
import { atShare, median, rounded } from './support/statistics';

/** Until the jitter buffer has found its size, in ms. */
const SETTLE_MS = 5_000;
const FLAGS = ['--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'];

const [seconds = 30, rounds = 2] = process.argv.slice(2, 4).map(Number);
if (!(seconds >= 5 && rounds >= 1)) throw new Error('usage: npm run bench:voice [-- SECONDS [ROUNDS]]');

const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
const stops: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true, maxRetries: 5 })];
const seen: Record<'bare' | 'hither', number[]> = { bare: [], hither: [] };
let [said, lost] = [0, 0];
try {
  const pulse = await PulseServer.start(dir);
  stops.push(() => pulse.stop());
  const [speaker, hearer] = [await open(pulse, 'Bench speaker'), await open(pulse, 'Bench hearer')];
  const bare = { speaker: await blankPage(speaker.browser), hearer: await blankPage(hearer.browser) };
  for (const { page } of [speaker, hearer]) await page.bringToFront();
  await connect(speaker, hearer);
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  await request(speaker.page, 'settings:update', { voice: VoiceSettings.parse(plain) });
  for (let round = 1; round <= rounds; round++) {
    const offer = await offerBare(bare.speaker, { frameRate: null, hasVoice: true });
    await completeBare(bare.speaker, await answerBare(bare.hearer, offer));
    await measure(pulse, 'bare');
    for (const page of Object.values(bare)) await stopBare(page);

    const button = (name: string) => speaker.page.getByRole('button', { name, exact: true });
    await button(en.voice.mic.turnOn).click();
    await measure(pulse, 'hither');
    await turnOff(speaker.page);
  }
} finally {
  for (const stop of stops.reverse()) await stop();
}
const [baseline, hither] = [summary(seen.bare), summary(seen.hither)];
const ratios = {
  ratio_p50: rounded(hither.p50_ms / baseline.p50_ms),
  ratio_p95: rounded(hither.p95_ms / baseline.p95_ms),
};
console.log(JSON.stringify({ bench: 'voice', seconds, rounds, baseline, hither, ...ratios, said, lost }));

async function open(pulse: PulseServer, name: string): Promise<Instance> {
  // A browser without a window plays nothing.
  const display = await Display.start({ wrap: (program, ...args) => [program, ...args] });
  stops.push(() => display.stop());
  const options = { dir: join(dir, name), displayName: display.name, wrap: pulse.wrap, flags: FLAGS };
  const instance = await Instance.start({
    ...{ ...options, hidesAddresses: false, tamper: keepSocket },
    ...{ name: `${name} ${process.pid}`, locale: 'en-US' },
  });
  stops.push(() => instance.stop());
  await instance.app.welcome();
  return instance;
}

async function measure(pulse: PulseServer, who: 'bare' | 'hither'): Promise<void> {
  await sleep(SETTLE_MS);
  const [mouth, ear] = [pulse.listen('mouth'), pulse.listen('ear')];
  await pulse.play(clicks(seconds));
  await sleep(1_000);
  const [atMouth, atEar] = [onsets(await mouth()), onsets(await ear())];
  const found = delays(atMouth, atEar);
  said += atMouth.length;
  lost += atMouth.length - found.length;
  seen[who].push(...found);
  const { p50_ms, p95_ms } = summary(found);
  console.log(`${who}: ${p50_ms} (${p95_ms}) ms, ${found.length} of ${atMouth.length} clicks`);
}

async function turnOff(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.voice.mic.more, exact: true }).click();
  await page.getByRole('menuitem', { name: en.voice.mic.turnOff }).click();
}

function summary(all: readonly number[]) {
  return { p50_ms: rounded(median(all)), p95_ms: rounded(atShare(all, 0.95)) };
}
