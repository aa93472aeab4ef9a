import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The build under test: `out/`, or the folder in HITHER_OUT. */
const buildDir = process.env['HITHER_OUT'] ?? join(import.meta.dirname, '../../../out');

/** What a headless start runs. */
export const headlessEntry = join(buildDir, 'main/headless.js');

/** Why the app can't be started, or `null`. Not a reason to skip: `npm test` builds before it runs browsers. */
export function buildProblem(): string | null {
  const isBuilt = existsSync(headlessEntry) && existsSync(join(buildDir, 'renderer/index.html'));
  return isBuilt ? null : 'the app is not built; run `npm run build`';
}
