import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TestCertificate } from '../tls/testCertificate';
import { afterwards } from '../lan/opened';

/** How a proxy in front of a relay is set. */
export interface ProxySettings {
  tls?: TestCertificate;
  /** Entries that it adds to `X-Forwarded-For`, one for each proxy that it stands for. */
  forwarded?: readonly string[];
  passesUpgrades?: boolean;
  /** Answers with this, and asks nobody. */
  status?: number;
  location?: string;
  body?: string;
}

/** A proxy on this machine, as badly set as a test wants it; closed when the test is over. @returns its port */
export async function startProxy(relayPort: number, settings: ProxySettings): Promise<number> {
  const { tls } = settings;
  const server: Server =
    tls === undefined ? createServer() : createTlsServer({ cert: tls.certificatePem, key: tls.keyPem });
  server.on('request', (question, response) => {
    const { body = '', location, status } = settings;
    if (status !== undefined) {
      response.writeHead(status, location === undefined ? {} : { location }).end(body);
      return;
    }
    const headers = headersFor(question, settings);
    // It speaks of upgrades only if it passes them on, as nginx does.
    delete headers['upgrade'];
    headers['connection'] = 'close';
    request({ host: '127.0.0.1', port: relayPort, path: question.url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).end();
  });
  if (settings.passesUpgrades !== false)
    server.on('upgrade', (question: IncomingMessage, socket: Duplex) => {
      passOn(question, socket, relayPort, headersFor(question, settings));
    });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterwards(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function headersFor({ headers }: IncomingMessage, { forwarded = [] }: ProxySettings): Record<string, string> {
  const kept = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const entries = [kept['x-forwarded-for'], ...forwarded].filter((entry) => entry !== undefined);
  return entries.length === 0 ? kept : { ...kept, 'x-forwarded-for': entries.join(', ') };
}

function passOn(
  { url = '/' }: IncomingMessage,
  socket: Duplex,
  port: number,
  headers: Record<string, string>,
): void {
  const upstream = connect(port, '127.0.0.1');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  upstream.write(`GET ${url} HTTP/1.1\r\n${lines.join('')}\r\n`);
  upstream.pipe(socket).pipe(upstream);
  for (const each of [socket, upstream]) each.on('error', () => upstream.destroy());
  socket.on('close', () => upstream.destroy());
}
