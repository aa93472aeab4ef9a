import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { type AfterPackContext, Arch, build, Platform } from 'electron-builder';
import { root } from '../AppProcess';
import { makeDist, type System } from './madeUpDist';

const platforms = { linux: Platform.LINUX, mac: Platform.MAC, windows: Platform.WINDOWS };

/** Below the folder that electron-builder makes: where the app lies, what holds the fuses, what holds the archive. */
const shapes: Readonly<Record<System, { dir: string; program: string; archive: string }>> = {
  linux: { dir: 'linux-unpacked', program: 'hither', archive: 'resources/app.asar' },
  mac: { dir: 'mac', program: 'Hither.app', archive: 'Hither.app/Contents/Resources/app.asar' },
  windows: { dir: 'win-unpacked', program: 'Hither.exe', archive: 'resources/app.asar' },
};

/** The part of electron-builder's own writer of desktop files that is of use here; it is not among what the package gives away. */
interface DesktopFiles {
  LinuxTargetHelper: new (packager: unknown) => { computeDesktopEntry(options: object): Promise<string> };
}

const requireOfBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));

function desktopFileOf({ packager }: AfterPackContext): Promise<string> {
  const path = 'app-builder-lib/out/targets/LinuxTargetHelper.js';
  const { LinuxTargetHelper } = requireOfBuilder(path) as DesktopFiles;
  return new LinuxTargetHelper(packager).computeDesktopEntry(packager.platformSpecificBuildOptions as object);
}

/** The app as electron-builder packs it for one system, around a made-up Electron. */
export class PackedApp {
  /** What Linux installers would have as the app's desktop file; empty for the other systems. */
  desktopFile = '';

  private constructor(
    /** Scratch folder. */
    readonly workDir: string,
    readonly system: System,
  ) {}

  /** Packs the build in `out/` with the repository's own configuration; fetches nothing and signs nothing. */
  static async pack(system: System): Promise<PackedApp> {
    const packed = new PackedApp(await mkdtemp(join(tmpdir(), 'hither-pack-')), system);
    const electronDist = join(packed.workDir, 'electron');
    await makeDist(system, electronDist);
    await build({
      projectDir: root,
      targets: platforms[system].createTarget('dir', Arch.x64),
      publish: 'never',
      config: {
        extends: join(root, 'electron-builder.yml'),
        electronDist,
        directories: { output: join(packed.workDir, 'dist') },
        npmRebuild: false,
        afterPack: async (context) => {
          if (system === 'linux') packed.desktopFile = await desktopFileOf(context);
        },
        ...(system === 'mac' ? { mac: { identity: null } } : {}),
        ...(system === 'windows' ? { win: { signExecutable: false } } : {}),
      },
    });
    return packed;
  }

  /** The app's folder, or on macOS what its bundle is in. */
  get dir(): string {
    return join(this.workDir, 'dist', shapes[this.system].dir);
  }

  /** The files in the archive, below it and with `/`; the page's own `index.html` is meant to be there. */
  get paths(): string[] {
    const files = listPackage(this.#archive, { isPack: false }).filter((path) => {
      const entry = statFile(this.#archive, path.slice(1));
      if ('files' in entry) return false;
      if (!('offset' in entry)) throw new Error(`${path} is not inside the archive`);
      return true;
    });
    return files.map((path) => path.slice(1).replaceAll('\\', '/'));
  }

  /** Writes the archive's files below a folder. */
  extract(dir: string): void {
    extractAll(this.#archive, dir);
  }

  /** Every fuse by its name, as a byte: `0` off, `1` on. */
  async fuses(): Promise<Record<string, number>> {
    const wire = (await getCurrentFuseWire(join(this.dir, shapes[this.system].program))) as Record<
      string,
      unknown
    >;
    const set = Object.entries(wire).filter(([key]) => key !== 'version');
    return Object.fromEntries(set.map(([key, state]) => [FuseV1Options[Number(key)] ?? key, Number(state)]));
  }

  get #archive(): string {
    return join(this.dir, shapes[this.system].archive);
  }

  async remove(): Promise<void> {
    await rm(this.workDir, { recursive: true, force: true });
  }
}
