import { type IncomingMessage, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { parseJson } from '../../shared/parseJson';
import { z } from 'zod';
import { RELAY_ABOUT_PATH, RelayAbout } from '../../shared/protocol/relay';
import { bad, type Finding, good } from './Finding';
import type { Outside } from './Outside';
import { wordOf } from './reach';

/** Longest answer that is read, in bytes: ours have under 200. */
const MAX_BYTES = 4_096;
/** Difference of two clocks, in ms, from which on it is said. Credentials are good for 60 s at least. */
const CLOCK_MS = 30_000;
const Health = z.object({ status: z.enum(['ok', 'degraded', 'draining']) });

interface Answer {
  status: number;
  location: string;
  text: string;
  /** From the question to its answer, in ms. */
  tookMs: number;
}

/** Asks whether the relay lives. @returns whether it is one */
export async function askHealth(outside: Outside): Promise<boolean> {
  const url = `${outside.url}/healthz`;
  const answer = await get(outside, url);
  if (typeof answer === 'string') {
    outside.report(bad('http-failed', { url, word: answer }));
    return false;
  }
  const { location, status, text } = answer;
  const health = parseJson(Health, text)?.status ?? null;
  outside.report(healthFinding(url, status, health, location));
  return health !== null;
}

function healthFinding(
  url: string,
  status: number,
  health: z.infer<typeof Health>['status'] | null,
  location: string,
): Finding {
  if (health === 'ok') return good('relay-alive');
  if (health !== null) return bad(health === 'draining' ? 'relay-draining' : 'relay-degraded');
  if (status >= 300 && status < 400) return bad('http-redirect', { url, status, location });
  return status === 200 ? bad('not-a-relay', { url }) : bad('http-status', { url, status });
}

/** Asks the relay what it saw of the question: proxies, and its clock. */
export async function askAbout(outside: Outside): Promise<void> {
  const answer = await get(outside, outside.url + RELAY_ABOUT_PATH);
  const about = typeof answer === 'string' ? null : parseJson(RelayAbout, answer.text);
  if (typeof answer === 'string' || about === null) {
    outside.report(bad('relay-old'));
    return;
  }
  outside.report(proxyFinding(about));
  outside.report(clockFinding(about.nowMs - (Date.now() - answer.tookMs / 2)));
}

/** Whether as many proxies are trusted as say for whom they ask: a question of ours comes without an entry. */
function proxyFinding({ forwarded, trusted }: Pick<RelayAbout, 'forwarded' | 'trusted'>): Finding {
  if (forwarded === trusted) return good('proxy-good');
  if (forwarded === 0) return bad('proxy-hides-clients', { trusted });
  return bad(forwarded > trusted ? 'proxy-trust-small' : 'proxy-trust-large', { forwarded, trusted });
}

/** @param aheadMs how far the relay's clock is before ours */
function clockFinding(aheadMs: number): Finding {
  if (Math.abs(aheadMs) < CLOCK_MS) return good('clock-good');
  const direction = aheadMs > 0 ? 'ahead of' : 'behind';
  return bad('clock-wrong', { seconds: Math.round(Math.abs(aheadMs) / 1000), direction });
}

/** @returns the answer, or one word for why there is none */
function get({ ca, isSecure, timeoutMs }: Outside, url: string): Promise<Answer | string> {
  return new Promise((resolve) => {
    const begin = performance.now();
    const fail = (error: unknown): void => {
      resolve(wordOf(error));
    };
    // A bad certificate was said already; nothing secret is asked.
    const options = { signal: AbortSignal.timeout(timeoutMs), agent: false, ca, rejectUnauthorized: false };
    const question = (isSecure ? requestTls : request)(url, options, (response) => {
      const tookMs = performance.now() - begin;
      readText(response).then((text) => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, location: headers.location ?? '', text, tookMs });
      }, fail);
    });
    question.once('error', fail).end();
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BYTES) {
      response.destroy();
      return '';
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
