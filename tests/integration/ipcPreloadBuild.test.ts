import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('the built preload', () => {
  let outDir: string;
  let code: string;

  beforeAll(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'hither-preload-'));
    const { config } = await resolveConfig({ root: resolve('.'), logLevel: 'silent' }, 'build', 'production');
    const preload = config?.preload ?? {};
    await build({ ...preload, build: { ...preload.build, outDir, emptyOutDir: true } });
    code = await readFile(join(outDir, 'index.cjs'), 'utf8');
  });

  afterAll(() => rm(outDir, { recursive: true }));

  it('is one file', async () => {
    expect(await readdir(outDir)).toEqual(['index.cjs']);
  });

  it('runs where a sandboxed preload runs: CommonJS, with nothing to require but electron', () => {
    const required: string[] = [];
    const exposed: Record<string, object> = {};
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, api: object) => (exposed[name] = api) },
    };
    runInNewContext(code, {
      require: (name: string) => {
        required.push(name);
        if (name !== 'electron') throw new Error(`module not found: ${name}`);
        return electron;
      },
    });
    expect(required).toEqual(['electron']);
    expect(Object.keys(exposed['hither'] ?? {}).sort()).toEqual([
      'chooseFolders',
      'onEvent',
      'registerFile',
      'request',
    ]);
  });
});
