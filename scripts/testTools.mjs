import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findChromium, findProgram } from './chromium.mjs';

/** What the browser tests need, and the Debian packages that bring it. `lab` tools only matter to root on Linux. */
const TOOLS = [
  { name: 'a Chromium', packages: ['chromium'], isThere: () => findChromium() !== null },
  { name: 'Xvfb', packages: ['xvfb'], isThere: () => findProgram('Xvfb') !== null },
  { name: 'xsetroot', packages: ['x11-xserver-utils'], isThere: () => findProgram('xsetroot') !== null },
  { name: 'xwininfo', packages: ['x11-utils'], isThere: () => findProgram('xwininfo') !== null },
  { name: 'import', packages: ['imagemagick'], isThere: () => findProgram('import') !== null },
  { name: 'ffprobe', packages: ['ffmpeg'], isThere: () => findProgram('ffprobe') !== null },
  { name: 'ip', packages: ['iproute2'], isThere: () => findProgram('ip') !== null, isForLab: true },
  { name: 'nft', packages: ['nftables'], isThere: () => findProgram('nft') !== null, isForLab: true },
  { name: 'xdotool', packages: ['xdotool'], isThere: () => findProgram('xdotool') !== null, isForLab: true },
  { name: 'sysctl', packages: ['procps'], isThere: () => findProgram('sysctl') !== null, isForLab: true },
  {
    name: 'redis-server',
    packages: ['redis-server'],
    isThere: () => findProgram('redis-server') !== null,
    service: 'redis-server',
    // The relays that share mailboxes are skipped without it, and say so.
    isOptional: true,
  },
  {
    name: 'turnserver',
    packages: ['coturn'],
    isThere: () => findProgram('turnserver') !== null,
    service: 'coturn',
    isForLab: true,
    isOptional: true,
  },
  {
    name: 'Korean and emoji fonts',
    packages: ['fonts-noto-cjk', 'fonts-noto-color-emoji'],
    isThere: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
    isOptional: true,
  },
];

/**
 * Installs what the browser tests need where that is possible (root on Debian or Ubuntu).
 * @returns {string | null} what is missing and how to get it, or `null` when all is there
 */
export function installTestTools() {
  if (process.platform !== 'linux') {
    return findChromium() ? null : 'No Chromium found. Install one and name it in HITHER_CHROMIUM.';
  }
  const isRoot = process.getuid?.() === 0;
  const missing = TOOLS.filter((tool) => !tool.isThere() && (isRoot || !tool.isForLab));
  if (missing.length === 0) return null;
  const packages = missing.flatMap((tool) => tool.packages);
  const services = missing.flatMap(({ service }) => service ?? []);
  if (isRoot && findProgram('apt-get')) install(packages, services);
  const needed = missing.filter((tool) => !tool.isThere() && !tool.isOptional);
  if (needed.length === 0) return null;
  const names = needed.map((tool) => tool.name).join(', ');
  const line = needed.flatMap((tool) => tool.packages).join(' ');
  return `Missing for the browser tests: ${names}.\nInstall: sudo apt-get install -y ${line}`;
}

const POLICY = '/usr/sbin/policy-rc.d';

/**
 * @param {string[]} packages
 * @param {string[]} services what they would start, now and with the machine: a coturn as it comes serves anybody. Tests start their own
 */
function install(packages, services) {
  const isQuiet = services.length > 0 && !existsSync(POLICY);
  if (isQuiet) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    installPackages(packages);
  } finally {
    if (isQuiet) rmSync(POLICY);
    if (services.length > 0 && findProgram('systemctl'))
      spawnSync('systemctl', ['disable', '--quiet', ...services]);
  }
}

/** @param {string[]} packages */
function installPackages(packages) {
  console.log(`Installing ${packages.join(', ')} …`);
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-q'], options);
  // Ubuntu's chromium package is a snap, which containers can't run; one package that fails must not stop the others.
  for (const name of packages)
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], options);
  if (packages.includes('chromium') && !findChromium()) {
    spawnSync('npx', ['playwright', 'install', '--with-deps', 'chromium'], options);
  }
}
