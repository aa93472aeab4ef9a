import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppHandler } from '../../../../src/main/electron/window/appProtocol';
import { listPageFiles } from '../../../../src/main/web/pageFolder';

describe('the app:// handler', () => {
  let root: string;
  let handle: (request: Request) => Promise<Response>;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'hither-app-'));
    const page = join(root, 'page');
    await mkdir(join(page, 'assets'), { recursive: true });
    await writeFile(join(page, 'index.html'), '<!doctype html>');
    await writeFile(join(page, 'assets', 'main.js'), 'run()');
    await writeFile(join(root, 'secret.txt'), 'secret');
    await symlink(join(root, 'secret.txt'), join(page, 'assets', 'link.txt'));
    handle = createAppHandler(await listPageFiles(page));
  });

  afterAll(() => rm(root, { recursive: true }));

  const get = (url: string, method = 'GET') => handle(new Request(url, { method }));

  it.each([
    ['app://hither/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://hither/index.html?x=1#y', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://hither/assets/main.js', 'text/javascript; charset=utf-8', 'run()'],
  ])('serves %s', async (url, contentType, body) => {
    const response = await get(url);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      contentType,
      body,
    ]);
  });

  it.each([
    'app://hither/../secret.txt',
    'app://hither/assets/../../secret.txt',
    'app://hither/%2e%2e/secret.txt',
    'app://hither/..%2fsecret.txt',
    'app://hither/..%5csecret.txt',
    'app://hither/assets\\..\\..\\secret.txt',
    'app://hither//etc/passwd',
    'app://hither/assets/link.txt',
    'app://hither/assets/main.js%00.html',
    'app://hither/assets',
    'app://other/index.html',
    'app://hither.example.com/index.html',
    'http://hither/index.html',
  ])('has nothing at %s', async (url) => {
    const response = await get(url);
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  it('answers a file that went away since the start with 404', async () => {
    const handler = createAppHandler(
      new Map([
        [
          '/gone.js',
          { path: join(root, 'gone.js'), sizeBytes: 1, contentType: 'text/javascript', isHashed: false },
        ],
      ]),
    );
    expect((await handler(new Request('app://hither/gone.js'))).status).toBe(404);
  });

  it('takes GET and HEAD only', async () => {
    expect((await get('app://hither/', 'POST')).status).toBe(405);
    const head = await get('app://hither/', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('sends a policy that lets the page reach nothing but its own files, with every answer', async () => {
    for (const url of ['app://hither/', 'app://hither/nothing']) {
      const { headers } = await get(url);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("connect-src 'self';");
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
