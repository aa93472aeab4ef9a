import { HitherError } from '../../../shared/errors';
import { toHex } from '../../../shared/ids';
import type { FileAccess, Random } from '../../ports';

/** As many as one offer may have entries; the oldest go first. */
const MAX_TOKENS = 100_000;
const TOKEN_BYTES = 16;

/** Paths that the preload vouched for, under tokens that a page can pass on but not make up. */
export class PathTokens {
  readonly #files: Pick<FileAccess, 'isAbsolute'>;
  readonly #random: Random;
  readonly #paths = new Map<string, string>();

  constructor(files: Pick<FileAccess, 'isAbsolute'>, random: Random) {
    this.#files = files;
    this.#random = random;
  }

  /**
   * @param path absolute path of a file or folder
   * @throws HitherError `bad-request` where it isn't absolute
   */
  register(path: string): string {
    if (!this.#files.isAbsolute(path)) throw new HitherError('bad-request');
    const token = toHex(this.#random(TOKEN_BYTES));
    this.#paths.set(token, path);
    const oldest = this.#paths.size > MAX_TOKENS ? this.#paths.keys().next().value : undefined;
    if (oldest !== undefined) this.#paths.delete(oldest);
    return token;
  }

  /**
   * The path behind a token: what was offered to somebody who declined can be offered again.
   * @throws HitherError `unknown-source`
   */
  pathOf(token: string): string {
    const path = this.#paths.get(token);
    if (path === undefined) throw new HitherError('unknown-source');
    return path;
  }
}
