import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, findProgram } from '../../../scripts/chromium.mjs';

const TOOLS = ['ip', 'sysctl', 'Xvfb', 'xsetroot', 'mount', 'umount'];

/** Why the lab can't be built on this machine, or `null` where it can. */
export function labProblem(): string | null {
  if (process.platform !== 'linux') return 'network namespaces need Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const missing = TOOLS.filter((name) => findProgram(name) === null);
  if (missing.length > 0) return `missing: ${missing.join(', ')}`;
  if (findChromium() === null) return 'missing: a Chromium';
  return null;
}

/** Why the app can't be started, or `null`. Not a reason to skip: `npm test` builds before it runs browsers. */
export function buildProblem(): string | null {
  const out = join(import.meta.dirname, '../../../out');
  const isBuilt = existsSync(join(out, 'main/headless.js')) && existsSync(join(out, 'renderer/index.html'));
  return isBuilt ? null : 'the app is not built; run `npm run build`';
}
