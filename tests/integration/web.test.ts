import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import {
  createServer,
  get,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { newHub } from '../support/newHub';
import { PageServer } from '../../src/main/web/PageServer';
import { encodeFrame } from '../../src/shared/contract/frames';
import { PAGE_SOCKET_PATH, PAGE_SUBPROTOCOL_PREFIX } from '../../src/shared/contract/pageSocket';
import { afterwards } from '../support/lan/opened';
import { silentLog } from '../support/lan/silentLog';

let pageDir: string;
let server: PageServer;
let port: number;

beforeEach(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'hither-web-'));
  afterwards(() => rm(dir, { recursive: true, force: true }));
  pageDir = join(dir, 'page');
  await mkdir(join(pageDir, 'assets'), { recursive: true });
  await writeFile(join(pageDir, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(pageDir, 'assets/main-a1b2.js'), 'export {};');
  await writeFile(join(dir, 'secret.txt'), 'secret');
  await symlink(join(dir, 'secret.txt'), join(pageDir, 'link.txt'));
  server = await serve(0);
  port = Number(new URL(server.url).port);
});

async function serve(wanted: number | null): Promise<PageServer> {
  const made = new PageServer({ pageDir, port: wanted, hub: newHub(), log: silentLog });
  await made.start();
  afterwards(() => made.close());
  return made;
}

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

async function ask(path: string, headers: Record<string, string> = {}, host = '127.0.0.1'): Promise<Answer> {
  const request = get({ host, port, path, agent: false, headers });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let body = '';
  for await (const part of response) body += String(part);
  return { status: response.statusCode, headers: response.headers, body };
}

/** The status that a WebSocket is answered with: 101 when it opens. */
async function upgrade(options: {
  token?: string;
  origin?: string;
  host?: string;
  path?: string;
}): Promise<number> {
  const protocols = options.token === undefined ? [] : [PAGE_SUBPROTOCOL_PREFIX + options.token];
  const headers = {
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    ...(options.host === undefined ? {} : { host: options.host }),
  };
  const path = options.path ?? PAGE_SOCKET_PATH;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { headers });
  afterwards(() => {
    socket.terminate();
  });
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.on('open', () => {
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
    });
  });
}

describe('the page', () => {
  it('is served with a policy that lets it load and reach nothing but itself', async () => {
    const { status, headers, body } = await ask('/');
    expect(status).toBe(200);
    expect(body).toContain('<title>page</title>');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port};`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('display-capture=(self)');
  });

  it('has assets that a browser may keep for good', async () => {
    const { status, headers } = await ask('/assets/main-a1b2.js');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toContain('immutable');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..\\secret.txt',
    '/link.txt',
    '//etc/passwd',
    '/assets',
    '/index.html%00.js',
  ])('ends at its folder: %s', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  it('is not served under a rebound name, nor to another origin', async () => {
    expect((await ask('/', { host: `evil.example:${port}` })).status).toBe(403);
    expect((await ask('/', { host: `127.0.0.1:${port + 1}` })).status).toBe(403);
    expect((await ask('/', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await ask('/', { host: `localhost:${port}` })).status).toBe(200);
  });

  it('is served on the IPv6 loopback address too', async () => {
    expect((await ask('/', { host: `[::1]:${port}` }, '::1')).status).toBe(200);
  });

  it('answers nothing but GET and HEAD', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(405);
  });
});

describe('the page’s socket', () => {
  const ownOrigin = (): string => `http://127.0.0.1:${port}`;

  it('opens for the own page with the token', async () => {
    expect(await upgrade({ token: server.token, origin: ownOrigin() })).toBe(101);
  });

  it('stays shut without the token, with a wrong one and with an earlier start’s', async () => {
    const earlier = (await serve(0)).token;
    expect(await upgrade({ origin: ownOrigin() })).toBe(403);
    expect(await upgrade({ token: '0'.repeat(64), origin: ownOrigin() })).toBe(403);
    expect(await upgrade({ token: server.token.slice(1), origin: ownOrigin() })).toBe(403);
    expect(await upgrade({ token: earlier, origin: ownOrigin() })).toBe(403);
  });

  it('stays shut for other origins, other hosts and no origin at all', async () => {
    const { token } = server;
    expect(await upgrade({ token, origin: 'http://evil.example' })).toBe(403);
    expect(await upgrade({ token, origin: `http://localhost:${port}` })).toBe(403);
    expect(await upgrade({ token })).toBe(403);
    const host = `evil.example:${port}`;
    expect(await upgrade({ token, host, origin: `http://${host}` })).toBe(403);
    expect(await upgrade({ token, origin: ownOrigin(), path: '/other' })).toBe(403);
  });
});

describe('what the page posts beside its socket', () => {
  const name = 'a'.repeat(32);
  const frame = encodeFrame({
    kind: 'request',
    id: 0,
    name: 'sources:bytes',
    body: { jobId: 7, bytes: Uint8Array.of(1, 2, 3) },
  });
  const ownOrigin = (): string => `http://127.0.0.1:${port}`;

  async function post(change: Record<string, string> = {}, page = name, body: Buffer = Buffer.from(frame)) {
    const headers = { origin: ownOrigin(), authorization: `Bearer ${server.token}`, ...change };
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      path: `${PAGE_SOCKET_PATH}?page=${page}`,
      method: 'POST',
      agent: false,
      headers,
    });
    request.on('error', () => undefined);
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    let text = '';
    for await (const part of response) text += String(part);
    return { status: response.statusCode, text };
  }

  async function openSocket(page = name): Promise<void> {
    const path = `${PAGE_SOCKET_PATH}?page=${page}`;
    expect(await upgrade({ token: server.token, origin: ownOrigin(), path })).toBe(101);
  }

  it('is answered as on the socket, while that is open', async () => {
    expect((await post()).status).toBe(404);
    await openSocket();
    const { status, text } = await post();
    expect(status).toBe(200);
    // It has not attached, and so may ask for nothing.
    expect(JSON.parse(text)).toEqual({ ok: false, failure: { code: 'not-allowed', facts: {} } });
  });

  it.each([
    ['no origin', { origin: '' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['another host', { host: 'evil.example' }],
    ['no token', { authorization: '' }],
    ['a wrong token', { authorization: `Bearer ${'0'.repeat(64)}` }],
    ['the token in another form', { authorization: 'Basic dG9rZW4=' }],
  ])('is refused with %s', async (_, change) => {
    await openSocket();
    const { status } = await post(change);
    expect(status).toBe(403);
  });

  it('is refused to pages that are not there, with no frame, and where it is too long', async () => {
    await openSocket();
    expect((await post({}, 'b'.repeat(32))).status).toBe(404);
    expect((await post({}, 'short')).status).toBe(404);
    expect((await post({}, name, Buffer.from('nonsense'))).status).toBe(400);
    expect((await post({}, name, Buffer.alloc(0))).status).toBe(400);
    expect((await post({ 'content-length': String(2 ** 30) })).status).toBe(413);
    expect((await post({ 'transfer-encoding': 'chunked' })).status).toBe(413);
  });

  it('leaves the server standing when it breaks off, or asks for strange addresses', async () => {
    await openSocket();
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      path: `${PAGE_SOCKET_PATH}?page=${name}`,
      method: 'POST',
      headers: { origin: ownOrigin(), authorization: `Bearer ${server.token}`, 'content-length': '1000' },
    });
    request.on('error', () => undefined);
    request.write(Buffer.alloc(10));
    // The server has the head and the first bytes by then, and waits for the others.
    await new Promise((resolve) => setTimeout(resolve, 50));
    request.destroy();
    for (const path of ['//', '//[', '/backend?page=%', '/backend?%E0%A4%A', '*'])
      expect([403, 404, 405]).toContain((await ask(path)).status);
    expect((await post()).status).toBe(200);
  });
});

describe('the port', () => {
  it('is the one that was asked for, or a clear error', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    afterwards(() => taken.close());
    const address = taken.address();
    const wanted = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await expect(serve(wanted)).rejects.toMatchObject({ name: 'PortTakenError', port: wanted });
  });

  it('is the next free one where none was asked for', async () => {
    const [first, second] = [await serve(null), await serve(null)];
    expect(Number(new URL(second.url).port)).toBeGreaterThan(Number(new URL(first.url).port));
  });

  it('is not opened for a page that was never built', async () => {
    await rm(join(pageDir, 'index.html'));
    await expect(serve(0)).rejects.toMatchObject({ name: 'PageMissingError' });
  });
});
