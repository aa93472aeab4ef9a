import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HitherError } from '../../../../shared/errors';
import { writeError } from '../diskErrors';
import type { FolderPlace } from '../fileSteps';

/**
 * A folder that files are received into, and where it really is. Other programs of this machine may put a link in its
 * place, or in that of a folder above it, while files arrive; `check` tells.
 */
export class OwnFolder {
  /** Where it is, for those who check by themselves; always the same object. */
  readonly place: FolderPlace;

  private constructor(path: string, real: string) {
    this.place = { path, real };
  }

  get path(): string {
    return this.place.path;
  }

  /**
   * The folder that the person chose, wherever its links lead.
   * @throws HitherError with what the disk says
   */
  static async chosen(path: string): Promise<OwnFolder> {
    return new OwnFolder(path, await whereIs(path));
  }

  /**
   * A folder in `parent` that has just been made, or was there.
   * @throws HitherError `folder-missing` where it is a link, or what the disk says
   */
  static async below(parent: OwnFolder, path: string): Promise<OwnFolder> {
    const real = await whereIs(path);
    if (dirname(real) !== parent.place.real) throw new HitherError('folder-missing', { name: path });
    return new OwnFolder(path, real);
  }

  /** @throws HitherError `folder-missing` where something else is in its place */
  async check(): Promise<void> {
    if ((await whereIs(this.path)) !== this.place.real)
      throw new HitherError('folder-missing', { name: this.path });
  }
}

async function whereIs(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw writeError(error, path);
  }
}
