import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { toHex } from '../../shared/ids';
import { parseJson } from '../../shared/parseJson';
import {
  encodeRelayAck,
  encodeRelayData,
  epochTag,
  type IceServer,
  RELAY_HEADER_BYTES,
  RELAY_SOCKET_PATH,
  RELAY_VERSION,
  readRelayFrame,
  RelayMessage,
} from '../../shared/protocol/relay';
import { bad, type Finding, good } from './Finding';
import type { Outside } from './Outside';
import { wordOf } from './reach';

/** As much as a message of a session has. */
const PAYLOAD_BYTES = 4_096;

/** An upgrade that was answered with something else. */
class NoUpgrade extends Error {
  constructor(readonly finding: Finding) {
    super(finding.code);
  }
}

/**
 * Opens two sockets, meets in a mailbox, passes a frame each way, and asks for ICE servers.
 * @returns what members are told, or `null` where it does not come to that
 */
export async function meet(outside: Outside): Promise<readonly IceServer[] | null> {
  const members: DoctorMember[] = [];
  try {
    const mailbox = toHex(randomBytes(32));
    for (let count = 0; count < 2; count += 1) members.push(await DoctorMember.join(outside, mailbox));
    const [a, b] = members;
    if (a === undefined || b === undefined) return null;
    const begin = performance.now();
    await a.pass(b);
    await b.pass(a);
    outside.report(good('mailbox-good', { roundTripMs: Math.round(performance.now() - begin) }));
    return await a.askIce();
  } catch (error) {
    if (error instanceof NoUpgrade) outside.report(error.finding);
    else
      outside.report(bad('mailbox-failed', { word: error instanceof Error ? error.message : String(error) }));
    return null;
  } finally {
    for (const member of members) member.close();
  }
}

/** One socket in a mailbox, for as long as the doctor looks at it. */
class DoctorMember {
  readonly #ws: WebSocket;
  readonly #timeoutMs: number;
  readonly #messages: RelayMessage[] = [];
  readonly #payloads: Buffer[] = [];
  #sent = 0;
  #tag = 0;
  #isPeerPresent = false;
  #end: string | null = null;
  #whenNews: () => void = () => undefined;

  private constructor(ws: WebSocket, timeoutMs: number) {
    this.#ws = ws;
    this.#timeoutMs = timeoutMs;
    ws.on('message', (data, isBinary) => {
      if (isBinary) this.#handleFrame(data as Buffer);
      else this.#handleText((data as Buffer).toString('utf8'));
      this.#whenNews();
    });
    ws.on('close', (code, reason) => {
      this.#end = reason.toString('utf8').slice(0, 40) || `closed with ${code}`;
      this.#whenNews();
    });
    ws.on('error', () => undefined);
  }

  static async join(outside: Outside, mailbox: string): Promise<DoctorMember> {
    const member = new DoctorMember(await openSocket(outside), outside.timeoutMs);
    member.#say({ type: 'join', version: RELAY_VERSION, side: toHex(randomBytes(16)), mailbox });
    await member.#until(() => member.#messages.some(({ type }) => type === 'joined'), 'no place');
    return member;
  }

  /** Sends a frame that the other must get. */
  async pass(to: DoctorMember): Promise<void> {
    await this.#until(() => this.#isPeerPresent, 'the other is not seen');
    const payload = randomBytes(PAYLOAD_BYTES);
    this.#sent += 1;
    this.#ws.send(encodeRelayData(this.#tag, this.#sent, payload));
    await to.#until(() => to.#payloads.some((each) => each.equals(payload)), 'a frame did not arrive');
  }

  async askIce(): Promise<readonly IceServer[]> {
    this.#say({ type: 'ice' });
    const told = (): RelayMessage | undefined => this.#messages.find(({ type }) => type === 'ice');
    await this.#until(() => told() !== undefined, 'no ICE servers');
    const ice = told();
    return ice?.type === 'ice' ? ice.servers : [];
  }

  close(): void {
    if (this.#ws.readyState === WebSocket.OPEN) this.#say({ type: 'leave' });
    this.#ws.close();
  }

  #say(message: object): void {
    this.#ws.send(JSON.stringify(message));
  }

  #handleText(text: string): void {
    const message = parseJson(RelayMessage, text);
    if (message === null) return;
    this.#messages.push(message);
    if (message.type !== 'joined' && message.type !== 'peer') return;
    this.#tag = epochTag(message.epoch);
    this.#isPeerPresent = message.type === 'peer' ? message.isPresent : message.isPeerPresent;
  }

  #handleFrame(frame: Buffer): void {
    const head = readRelayFrame(frame);
    if (head?.kind !== 'data') return;
    this.#payloads.push(frame.subarray(RELAY_HEADER_BYTES));
    this.#ws.send(encodeRelayAck(head.tag, head.number));
  }

  async #until(isSo: () => boolean, otherwise: string): Promise<void> {
    const deadline = performance.now() + this.#timeoutMs;
    while (!isSo()) {
      const leftMs = deadline - performance.now();
      if (this.#end !== null || leftMs <= 0) throw new Error(this.#end ?? otherwise);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#whenNews = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

function openSocket({ ca, settings, timeoutMs, url }: Outside): Promise<WebSocket> {
  const target = url.replace(/^http/, 'ws') + RELAY_SOCKET_PATH;
  return new Promise((resolve, reject) => {
    // A bad certificate was said already; nothing secret is passed.
    const ws = new WebSocket(target, {
      perMessageDeflate: false,
      handshakeTimeout: timeoutMs,
      maxPayload: settings.limits.frameBytes,
      ca,
      rejectUnauthorized: false,
    });
    ws.once('open', () => {
      resolve(ws);
    });
    ws.once('unexpected-response', (_, response) => {
      const { headers, statusCode: status = 0 } = response;
      response.resume();
      reject(new NoUpgrade(upgradeFinding(target, status, headers['x-hither-reason'])));
      ws.terminate();
    });
    ws.once('error', (error) => {
      reject(new NoUpgrade(upgradeFailed(target, wordOf(error))));
    });
  });
}

/** What an answer to an upgrade means that is none: the relay itself says 426 to who asks without `Upgrade`. */
function upgradeFinding(url: string, status: number, reason: string | string[] | undefined): Finding {
  if (reason !== undefined)
    return bad('upgrade-refused', { status, reason: [reason].flat().join(' ').slice(0, 40) });
  return status === 426 ? bad('upgrade-dropped') : upgradeFailed(url, `status ${status}`);
}

function upgradeFailed(url: string, word: string): Finding {
  return bad('upgrade-failed', { url, word, path: RELAY_SOCKET_PATH });
}
