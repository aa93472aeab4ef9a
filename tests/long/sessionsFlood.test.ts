import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LINKS_FEATURE, LinkMessage } from '../../src/shared/protocol/links';
import { BackendProcess } from '../support/lan/BackendProcess';
import { SOME_FINGERPRINT } from '../support/lan/identities';
import { afterwards, end } from '../support/lan/opened';
import { pageClient } from '../support/lan/PageClient';

const FLOOD = join(import.meta.dirname, '../support/lan/strangerFlood.ts');
const STRANGERS = 2_000;
const FLOOD_MS = 15_000;

interface Flood {
  connections: number;
  mostOpen: number;
  hellos: number;
  welcomes: number;
}

async function flood(port: number): Promise<Flood> {
  const args = ['--import', 'tsx', FLOOD, String(port), String(STRANGERS), String(FLOOD_MS)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  afterwards(() => child.kill('SIGKILL'));
  let text = '';
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString();
  });
  await once(child, 'close');
  return JSON.parse(text) as Flood;
}

describe.skipIf(process.platform !== 'linux')('two thousand strangers at once', () => {
  it(
    'neither stop a session beside them nor fill the memory of a backend',
    async () => {
      const backend = await BackendProcess.start('Ben');
      const { backend: page } = pageClient(backend.url);
      const delays: number[] = [];
      const sentMs: number[] = [];
      let incoming = '';
      page.on('sessions:changed', ({ sessionId }) => (incoming = sessionId));
      page.on('sessions:message', ({ feature, body }) => {
        const message = feature === LINKS_FEATURE ? LinkMessage.parse(body) : null;
        if (message?.type === 'relink') delays.push(performance.now() - (sentMs[message.link] ?? 0));
      });
      const state = await page.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      const port = Number(state.nearby.ownAddresses[0]?.split(':').at(-1));
      const anna = await end();
      const { sessionId } = await anna.connect(`127.0.0.1:${port}`);
      await expect.poll(() => incoming).toBe(sessionId);
      await page.request('sessions:accept', { sessionId });
      await page.request('sessions:verify', { sessionId, trust: false });
      await expect.poll(() => anna.view(sessionId)?.isPeerVerified).toBe(true);
      anna.verify(sessionId);

      await sleep(1_000);
      const [idleMb, idleSeconds] = [await backend.residentMb(), await backend.processorSeconds()];
      const over = new AbortController();
      const flooding = flood(port).finally(() => {
        over.abort();
      });
      let mostMb = 0;
      for (let n = 0; !over.signal.aborted; n++) {
        sentMs[n] = performance.now();
        anna.say(sessionId, n);
        if (n % 5 === 0) mostMb = Math.max(mostMb, await backend.residentMb());
        await sleep(100);
      }
      const done = await flooding;
      await expect.poll(() => delays).toHaveLength(sentMs.length);
      const sorted = delays.toSorted((a, b) => a - b);
      const figures = {
        ...done,
        idleMb: Math.round(idleMb),
        mostMb: Math.round(mostMb),
        medianMs: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
        slowestMs: Math.round(sorted.at(-1) ?? 0),
        processorSeconds: Math.round(((await backend.processorSeconds()) - idleSeconds) * 10) / 10,
      };
      process.stdout.write(`${JSON.stringify(figures)}\n`);
      // Dialed and not yet thrown out: all of them, in the moment in which they come.
      expect(done.mostOpen).toBe(STRANGERS);
      expect(done.connections).toBeGreaterThan(STRANGERS * 2);
      expect(mostMb - idleMb).toBeLessThan(100);
      expect(sorted.at(-1)).toBeLessThan(2_000);
      expect(anna.carriers).toEqual(['lan up']);
      // Handshakes answered: the burst, then the rate, however many were asked for.
      expect(done.hellos).toBeGreaterThan(100);
      expect(done.welcomes).toBeLessThan(40 + 20 * (FLOOD_MS / 1000 + 3));
    },
    FLOOD_MS + 60_000,
  );
});
