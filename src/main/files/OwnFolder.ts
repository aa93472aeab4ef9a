import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HitherError } from '../../shared/errors';
import { writeError } from './diskErrors';

/**
 * A folder that files are received into, and where it really is. Other programs of this machine may put a link in its
 * place, or in that of a folder above it, while files arrive; `check` tells.
 */
export class OwnFolder {
  readonly path: string;
  readonly #real: string;

  private constructor(path: string, real: string) {
    this.path = path;
    this.#real = real;
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
    if (dirname(real) !== parent.#real) throw new HitherError('folder-missing', { name: path });
    return new OwnFolder(path, real);
  }

  /** @throws HitherError `folder-missing` where something else is in its place */
  async check(): Promise<void> {
    if ((await whereIs(this.path)) !== this.#real)
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
