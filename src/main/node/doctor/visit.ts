import { get } from 'node:http';
import type { MeasuredAddress, MeasuredDevice } from '../../../backend/doctor/measurements';
import { bareAddress, formatLanAddress, type LanAddress } from '../../../shared/address';
import { DeviceCard, LAN_DEVICE_PATH, LAN_REACH_PATH, ReachAnswer } from '../../../shared/protocol/lan';
import { parseJson } from '../../../shared/parseJson';
import { parseMessage } from '../../../shared/protocol/parseMessage';
import type { HeardDevice } from './hearMulticast';

/** How long a device may take for its card, and for dialing us in turn, in ms. */
const CARD_MS = 3_000;
const WAY_BACK_MS = 5_000;
/** Longest answer that is read, in characters. */
const MAX_LENGTH = 8 * 1024;

/** Dials a device that announced itself at each of its addresses, and asks it to dial us. */
export async function visit({ addresses, deviceId, name }: HeardDevice): Promise<MeasuredDevice> {
  const answers = await Promise.all(
    addresses.map(async (address) => ({
      address,
      answer: await fetchText(address, LAN_DEVICE_PATH, CARD_MS),
    })),
  );
  const cards = answers.map(({ address, answer }) => ({
    address,
    card: 'text' in answer ? parseMessage(DeviceCard, answer.text) : null,
  }));
  const own = cards.find(({ card }) => card?.device.deviceId === deviceId);
  const [first] = answers;
  const at = bareAddress(own?.address.host ?? first?.address.host);
  const seen = { deviceId, name: own?.card?.device.name ?? name, address: at };
  if (own !== undefined) return { ...seen, answer: 'card', word: null, wayBack: await askBack(own.address) };
  const word = answers
    .map(({ answer }) => ('word' in answer ? answer.word : null))
    .find((each) => each !== null);
  const isOther = answers.some(({ answer }) => 'text' in answer);
  return { ...seen, answer: isOther ? 'other' : 'silent', word: word ?? null, wayBack: null };
}

/** Words of connections that came about and did not speak as a device does. */
const SPOKE_OTHERWISE = /^(HPE_|ECONNRESET$|EPIPE$|Error$)/;

/** Looks who is at an address that a person typed. */
export async function visitAddress(address: LanAddress): Promise<MeasuredAddress> {
  const answer = await fetchText(address, LAN_DEVICE_PATH, CARD_MS);
  const at = formatLanAddress(address);
  if ('word' in answer) {
    const isOther = SPOKE_OTHERWISE.test(answer.word);
    return { address: at, answer: isOther ? 'other' : 'silent', device: null, word: answer.word };
  }
  const device = parseMessage(DeviceCard, answer.text)?.device ?? null;
  return { address: at, answer: device === null ? 'other' : 'card', device, word: null };
}

async function askBack(address: LanAddress): Promise<MeasuredDevice['wayBack']> {
  const answer = await fetchText(address, LAN_REACH_PATH, WAY_BACK_MS);
  return 'text' in answer ? parseJson(ReachAnswer, answer.text) : null;
}

function fetchText(
  address: LanAddress,
  path: string,
  timeoutMs: number,
): Promise<{ text: string } | { word: string }> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      resolve({
        word:
          error.name === 'TimeoutError' || error.name === 'AbortError'
            ? 'ETIMEDOUT'
            : (error.code ?? error.name),
      });
    };
    const request = get(
      {
        host: address.host,
        port: address.port,
        path,
        agent: false,
        maxHeaderSize: 4096,
        signal: AbortSignal.timeout(timeoutMs),
        // A zone means nothing to the other side.
        headers: { host: formatLanAddress(address), accept: 'application/json' },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('error', fail);
        response.on('data', (part: string) => {
          text += part;
          if (text.length > MAX_LENGTH) request.destroy(new Error('too long'));
        });
        response.on('end', () => {
          resolve({ text });
        });
      },
    );
    request.on('error', fail);
  });
}
