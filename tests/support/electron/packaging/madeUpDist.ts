import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The systems that installers are made for. */
export const systems = ['linux', 'mac', 'windows'] as const;
export type System = (typeof systems)[number];

/** What Electron's binary has before its fuses, by which @electron/fuses finds them. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Fuses in the wire of version 1. */
const FUSE_COUNT = 8;
/** A fuse that was never set; Electron's real ones come with defaults, which would hide one that we forgot. */
const UNSET_FUSE = 0x90;

const fuseWire = Buffer.concat([
  Buffer.from(SENTINEL),
  Buffer.from([1, FUSE_COUNT]),
  Buffer.alloc(FUSE_COUNT, UNSET_FUSE),
]);

const HELPERS = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'];

/** The part of resedit in use, which electron-builder brings. */
interface ResEdit {
  NtExecutable: { createEmpty(is32Bit: boolean, isDll: boolean): { generate(): ArrayBuffer } };
  NtExecutableResource: {
    from(executable: object): { entries: object[]; outputResource(executable: object): void };
  };
  Resource: {
    VersionInfo: {
      createEmpty(): {
        setStringValues(language: { lang: number; codepage: number }, values: object): void;
        outputToResourceEntries(entries: object[]): void;
      };
    };
  };
}

/**
 * Writes files in the shape of an Electron distribution, as far as electron-builder looks: where its programs and
 * settings lie, and fuses that can be set. Nothing of it runs.
 */
export async function makeDist(system: System, dir: string): Promise<void> {
  const files = { linux: linuxFiles, mac: macFiles, windows: windowsFiles }[system]();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content, { mode: 0o755 });
  }
}

function linuxFiles(): Record<string, string | Buffer> {
  return {
    electron: Buffer.concat([Buffer.from('\x7fELF'), fuseWire]),
    'locales/en-US.pak': '',
  };
}

function windowsFiles(): Record<string, string | Buffer> {
  return { 'electron.exe': portableExecutable(), 'locales/en-US.pak': '' };
}

function macFiles(): Record<string, string | Buffer> {
  const contents = 'Electron.app/Contents';
  const helpers = HELPERS.flatMap((kind) => {
    const name = `Electron Helper${kind}`;
    const helper = `${contents}/Frameworks/${name}.app/Contents`;
    return [
      [`${helper}/Info.plist`, plist(name)],
      [`${helper}/MacOS/${name}`, ''],
    ] as const;
  });
  return {
    [`${contents}/Info.plist`]: plist('Electron'),
    [`${contents}/MacOS/Electron`]: '',
    [`${contents}/Resources/electron.icns`]: '',
    [`${contents}/Frameworks/Electron Framework.framework/Electron Framework`]: fuseWire,
    ...Object.fromEntries(helpers),
  };
}

function plist(name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIdentifier</key><string>com.github.Electron</string>
<key>CFBundleIconFile</key><string>electron.icns</string>
</dict></plist>`;
}

/** A program for Windows with version information, and with the fuses in a resource of its own. */
function portableExecutable(): Buffer {
  const builder = createRequire(import.meta.resolve('electron-builder'));
  const resedit = createRequire(builder.resolve('app-builder-lib'))('resedit') as ResEdit;
  const executable = resedit.NtExecutable.createEmpty(false, false);
  const resources = resedit.NtExecutableResource.from(executable);
  const version = resedit.Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  const bin = fuseWire.buffer.slice(fuseWire.byteOffset, fuseWire.byteOffset + fuseWire.byteLength);
  resources.entries.push({ type: 10, id: 1, lang: 1033, codepage: 1200, bin });
  resources.outputResource(executable);
  return Buffer.from(executable.generate());
}
