import { findChromium, findProgram } from '../../../scripts/chromium.mjs';

const TOOLS = ['ip', 'nft', 'sysctl', 'Xvfb', 'xsetroot', 'xdotool', 'mount', 'umount'];

/** Why the lab can't be built on this machine, or `null` where it can. */
export function labProblem(): string | null {
  if (process.platform !== 'linux') return 'network namespaces need Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const missing = TOOLS.filter((name) => findProgram(name) === null);
  if (missing.length > 0) return `missing: ${missing.join(', ')}`;
  if (findChromium() === null) return 'missing: a Chromium';
  return null;
}
