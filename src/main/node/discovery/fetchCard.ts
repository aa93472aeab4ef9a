import { get } from 'node:http';
import { DeviceCard, LAN_DEVICE_PATH } from '../../../shared/protocol/lan';
import { formatLanAddress, type LanAddress } from '../../../shared/address';
import { parseMessage } from '../../../shared/protocol/parseMessage';

/** A card is a few hundred bytes; what is longer is none. */
const MAX_CARD_BYTES = 8 * 1024;

/**
 * Asks a device for its card; `null` where none comes. Follows no redirects.
 * @param timeoutMs for everything from the connection to the last byte
 */
export async function fetchCard(address: LanAddress, timeoutMs: number): Promise<DeviceCard | null> {
  return new Promise((resolve) => {
    const request = get({
      host: address.host,
      port: address.port,
      path: LAN_DEVICE_PATH,
      agent: false,
      maxHeaderSize: 4096,
      signal: AbortSignal.timeout(timeoutMs),
      // A zone means nothing to the other side.
      headers: { host: formatLanAddress(address), accept: 'application/json' },
    });
    const fail = (): void => {
      request.destroy();
      resolve(null);
    };
    request.on('error', fail);
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('error', fail);
      response.on('data', (part: string) => {
        text += part;
        if (text.length > MAX_CARD_BYTES) fail();
      });
      response.on('end', () => {
        resolve(response.statusCode === 200 ? parseMessage(DeviceCard, text) : null);
      });
    });
  });
}
