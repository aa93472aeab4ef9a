import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FuseV1Options } from '@electron/fuses';
import { buildProblem } from '../support/app/build';
import { root } from '../support/electron/AppProcess';
import { expect, test } from '../support/electron/electronTest';
import { iconFiles } from '../support/electron/iconFiles';
import { type System, systems as allSystems } from '../support/electron/packaging/madeUpDist';
import { PackedApp } from '../support/electron/packaging/pack';

const execute = promisify(execFile);

/** What has no business in an installed app: our own tests, sources, papers and maps, and those of packages. */
const UNWANTED =
  /^(src|tests|bench|docs|scripts|build|types|\.github)\/|(^|\/)(tests?|__tests__|docs|benchmarks?|fixtures|examples)\/|\.(map|[cm]?tsx?|ya?ml|html?)$|(^|\/)(?!LICEN[CS]E)[^/]*\.md$/i;

const ON = '1'.charCodeAt(0);
const OFF = '0'.charCodeAt(0);
const wantedFuses: Record<keyof typeof FuseV1Options, number> = {
  RunAsNode: OFF,
  EnableCookieEncryption: ON,
  EnableNodeOptionsEnvironmentVariable: OFF,
  EnableNodeCliInspectArguments: OFF,
  EnableEmbeddedAsarIntegrityValidation: ON,
  OnlyLoadAppFromAsar: ON,
  LoadBrowserProcessSpecificV8Snapshot: OFF,
  GrantFileProtocolExtraPrivileges: OFF,
};

/** electron-builder packs for macOS everywhere but on Windows. */
const systems = allSystems.filter((system) => system !== 'mac' || process.platform !== 'win32');

const packed = new Map<System, PackedApp>();

function packedFor(system: System): PackedApp {
  const app = packed.get(system);
  if (app === undefined) throw new Error(`not packed for ${system}`);
  return app;
}

const moduleOf = (path: string) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];

/** The packages that a package needs, with all that those need. */
async function needsOf(names: readonly string[], found = new Set<string>()): Promise<Set<string>> {
  for (const name of names.filter((one) => !found.has(one))) {
    found.add(name);
    const file = join(root, 'node_modules', name, 'package.json');
    const { dependencies = {} } = JSON.parse(await readFile(file, 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    await needsOf(Object.keys(dependencies), found);
  }
  return found;
}

/** The packages whose code the built main process holds: Rolldown says of every module where it came from. */
async function bundledInMain(app: PackedApp, dir: string): Promise<string[]> {
  const scripts = app.paths.filter((path) => /^out\/main\/.*\.js$/.test(path));
  const texts = await Promise.all(scripts.map((script) => readFile(join(dir, script), 'utf8')));
  const modules = texts.flatMap((text) => [...text.matchAll(/^\/\/ (?:\.\.\/)*(node_modules\/\S+)$/gm)]);
  return [...new Set(modules.map(([, path = '']) => moduleOf(path) ?? path))];
}

/** What the built main process imports and does not hold: it has to come with Node or Electron. */
async function importedByMain(app: PackedApp, dir: string): Promise<string[]> {
  const scripts = app.paths.filter((path) => /^out\/main\/.*\.js$/.test(path));
  const texts = await Promise.all(scripts.map((script) => readFile(join(dir, script), 'utf8')));
  // Rolldown writes every import as one line of its own; a `from "…"` elsewhere is text.
  const imports = /^(?:import|export)\b[^"'\n]*["']([^"'./][^"']*)["'];?$/gm;
  return [...new Set(texts.flatMap((text) => [...text.matchAll(imports)].map(([, name = '']) => name)))];
}

test.beforeAll(async () => {
  test.setTimeout(240_000);
  expect(buildProblem()).toBeNull();
  for (const system of systems) packed.set(system, await PackedApp.pack(system));
});

test.afterAll(async () => {
  for (const app of packed.values()) await app.remove();
});

test('on every system the app holds the build and what it needs, and nothing that is ours alone', () => {
  for (const system of systems) {
    const { paths } = packedFor(system);
    for (const wanted of [
      ...['package.json', 'out/main/index.js', 'out/main/headless.js', 'out/preload/index.cjs'],
      ...['out/renderer/index.html', 'node_modules/ws/package.json', 'node_modules/dns-packet/LICENSE'],
    ])
      expect(paths, system).toContain(wanted);
    for (const wanted of [/^out\/main\/chunks\/icon-.*\.ico$/, /^out\/main\/chunks\/64x64-.*\.png$/])
      expect(
        paths.filter((path) => wanted.test(path)),
        `the tray's picture on ${system}`,
      ).toHaveLength(1);
    const unwanted = paths.filter((path) => UNWANTED.test(path) && path !== 'out/renderer/index.html');
    expect(unwanted, system).toEqual([]);
    const places = new Set(paths.map((path) => path.split('/').slice(0, 2).join('/')));
    const ours = [...places].filter((place) => !place.startsWith('node_modules/'));
    expect(ours.sort(), system).toEqual(['out/main', 'out/preload', 'out/renderer', 'package.json']);
  }
});

test('main holds the packages it needs, their licences lie beside it, and nothing of what the page alone needs', async ({
  desk,
}) => {
  const app = packedFor('linux');
  const dir = join(desk.dir, 'app');
  app.extract(dir);
  const isBuiltIn = (name: string) => name === 'electron' || isBuiltin(name);
  expect((await importedByMain(app, dir)).filter((name) => !isBuiltIn(name))).toEqual([]);
  const main = new Set(await bundledInMain(app, dir));
  expect(main.size).toBeGreaterThan(10);
  const { paths } = app;
  const modules = new Set(paths.map(moduleOf).filter((name) => name !== undefined));
  expect([...main].filter((name) => !modules.has(name))).toEqual([]);
  const page = await needsOf(['simple-peer', 'webrtc-adapter']);
  expect([...modules].filter((name) => page.has(name) && !main.has(name))).toEqual([]);
  expect(paths.filter((path) => /^node_modules\/.*\.[cm]?js$/.test(path))).toEqual([]);
  const isLicence = (path: string) => /\/licen[cs]e[^/]*$/i.test(path);
  const licensed = new Set(paths.filter(isLicence).map(moduleOf));
  const unlicensed = [...main].filter((name) => !licensed.has(name));
  // A package that names its licence in package.json alone has no file to bring.
  for (const name of unlicensed) {
    const names = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license', 'licence'];
    const there = names.filter((file) => existsSync(join(root, 'node_modules', name, file)));
    expect(there, name).toEqual([]);
  }
});

test('what was packed starts by itself, headless and with a window, far from this repository', async ({
  desk,
}) => {
  const dir = join(desk.dir, 'app');
  packedFor('linux').extract(dir);
  const program = join(dir, 'out/main/headless.js');
  const { stdout } = await execute(process.execPath, [program, '--version'], { cwd: desk.dir });
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(stdout.trim()).toContain(version);
  const alice = await desk.launch('Alice', { app: dir });
  await alice.app.expectInUse();
});

test('every fuse that electron-builder knows is set, in the program of every system', async () => {
  for (const system of systems) expect(await packedFor(system).fuses(), system).toEqual(wantedFuses);
});

test('macOS is told why the app wants what it asks for, and who may check its archive', async () => {
  test.skip(process.platform === 'win32', 'an app for macOS can’t be packed on Windows');
  const app = packedFor('mac');
  const plist = await readFile(join(app.dir, 'Hither.app/Contents/Info.plist'), 'utf8');
  for (const subject of [...['ScreenCapture', 'Microphone', 'Camera', 'AudioCapture', 'LocalNetwork']])
    expect(plist).toMatch(new RegExp(`<key>NS${subject}UsageDescription</key>\\s*<string>Hither [^<]{15,}<`));
  expect(plist).toMatch(/<key>NSBonjourServices<\/key>\s*<array>\s*<string>_hither\._tcp<\/string>/);
  expect(plist).toMatch(/<key>ElectronAsarIntegrity<\/key>\s*<dict>\s*<key>Resources\/app\.asar<\/key>/);
  for (const name of ['entitlements.mac.plist', 'entitlements.mac.inherit.plist']) {
    const rights = await readFile(join(root, 'build', name), 'utf8');
    const keys = [...rights.matchAll(/<key>com\.apple\.security\.(.+)<\/key>/g)].map(([, key]) => key);
    expect(keys, name).toEqual(['cs.allow-jit', 'device.audio-input', 'device.camera']);
  }
});

test('a link of an invite opens the app, on every system', async () => {
  expect(packedFor('linux').desktopFile).toMatch(/^MimeType=x-scheme-handler\/hither;$/m);
  expect(packedFor('linux').desktopFile).toMatch(/^Exec=\/opt\/Hither\/hither %U$/m);
  if (process.platform !== 'win32') {
    const plist = await readFile(join(packedFor('mac').dir, 'Hither.app/Contents/Info.plist'), 'utf8');
    const types = /<key>CFBundleURLTypes<\/key>\s*<array>(.*?<\/array>.*?)<\/array>/s.exec(plist)?.[1] ?? '';
    expect(types).toMatch(/<key>CFBundleURLSchemes<\/key>\s*<array>\s*<string>hither<\/string>\s*<\/array>/);
  }
  const config = await readFile(join(root, 'electron-builder.yml'), 'utf8');
  expect(config).toMatch(/^nsis:\n(?: .*\n)* {2}include: build\/installer\.nsh$/m);
  const script = await readFile(join(root, 'build/installer.nsh'), 'utf8');
  const [install = '', uninstall = ''] = script.split('!macro customUnInstall');
  const written = [...install.matchAll(/^ {2}WriteRegStr SHELL_CONTEXT "Software\\Classes\\(.+)$/gm)];
  expect(written.map(([, words]) => words)).toEqual([
    'hither" "" "URL:Hither"',
    'hither" "URL Protocol" ""',
    'hither\\DefaultIcon" "" "$appExe,0"',
    `hither\\shell\\open\\command" "" '"$appExe" "%1"'`,
  ]);
  expect(uninstall).toContain('DeleteRegKey SHELL_CONTEXT "Software\\Classes\\hither"');
});

test('Linux knows the window by the name of its desktop file', async ({ desk }) => {
  const dir = join(desk.dir, 'app');
  packedFor('linux').extract(dir);
  const text = await readFile(join(dir, 'package.json'), 'utf8');
  expect((JSON.parse(text) as { desktopName?: string }).desktopName).toBe('hither.desktop');
  expect(existsSync(join(packedFor('linux').dir, 'hither'))).toBe(true);
});

test('the icons are those that the vector draws', async ({ browser }) => {
  const page = await browser.newPage();
  for (const [path, drawn] of await iconFiles(browser)) {
    const kept = picturesIn(await readFile(join(root, 'build', path)));
    const wanted = picturesIn(drawn);
    expect(kept.length, path).toBe(wanted.length);
    for (const [index, picture] of wanted.entries())
      expect(await page.evaluate(difference, [picture, kept[index] ?? ''] as const), path).toBeLessThan(2);
  }
  await page.close();
});

/** The PNGs in a file, be it one itself or a container of them, in base64. */
function picturesIn(file: Buffer): string[] {
  const [signature, end] = [Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('IEND')];
  const pictures: string[] = [];
  for (let at = file.indexOf(signature); at !== -1; at = file.indexOf(signature, at + 1))
    pictures.push(file.subarray(at, file.indexOf(end, at) + 8).toString('base64'));
  return pictures;
}

/** How much two pictures differ, as the mean of all channels, of 255; other browsers smooth edges otherwise. */
async function difference(pictures: readonly [string, string]): Promise<number> {
  const pixels = async (png: string) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context?.drawImage(image, 0, 0);
    return context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
  };
  const [one, other] = [await pixels(pictures[0]), await pixels(pictures[1])];
  if (one.length !== other.length) return 255;
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}
