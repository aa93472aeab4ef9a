import { randomBytes } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { HitherError } from '../../../shared/errors';

/** As many as one offer may have entries; the oldest go first. */
const MAX_TOKENS = 100_000;

/** Paths that the preload vouched for, under tokens that a page can pass on but not make up. */
export class PathTokens {
  readonly #paths = new Map<string, string>();

  /**
   * @param path absolute path of a file or folder
   * @throws HitherError `bad-request` where it isn't absolute
   */
  register(path: string): string {
    if (!isAbsolute(path)) throw new HitherError('bad-request');
    const token = randomBytes(16).toString('hex');
    this.#paths.set(token, path);
    const oldest = this.#paths.size > MAX_TOKENS ? this.#paths.keys().next().value : undefined;
    if (oldest !== undefined) this.#paths.delete(oldest);
    return token;
  }

  /**
   * The path behind a token, which is then used up.
   * @throws HitherError `unknown-source`
   */
  consume(token: string): string {
    const path = this.#paths.get(token);
    if (path === undefined) throw new HitherError('unknown-source');
    this.#paths.delete(token);
    return path;
  }
}
