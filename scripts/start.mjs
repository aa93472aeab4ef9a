// `npm start`: installs and builds what is missing, then starts the desktop app, or the headless one where Electron's
// runtime can't be had. Plain Node without dependencies, since it runs before they are there.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const words = {
  en: {
    oldNode: `Hither needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`,
    notInstalled: 'The dependencies could not be installed; see above.',
    building: 'Building …',
    notBuilt: 'The build failed; see above.',
  },
  ko: {
    oldNode: `Hither에는 Node ${OLDEST_NODE.join('.')} 이상이 필요합니다. 지금은 ${process.versions.node}입니다.`,
    notInstalled: '의존성을 설치하지 못했습니다. 위의 내용을 확인하세요.',
    building: '빌드하는 중 …',
    notBuilt: '빌드하지 못했습니다. 위의 내용을 확인하세요.',
  },
};

function isNodeTooOld() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
}

/** Runs the app in our place: it gets our terminal and our signals, and we end as it ends. */
function become(program, args) {
  const env = { ...process.env };
  // Set in terminals of Electron-based editors; it would make Electron a plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  const child = spawn(program, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    process.exit(code ?? 128 + constants.signals[signal]);
  });
}

async function start(args) {
  // What comes below relies on newer Node than this check does.
  const { languageOf, helpText, readFlags } = await import('./flags.mjs');
  const language = languageOf(process.env);
  const say = words[language];
  const fail = (text, code = 1) => {
    console.error(text);
    process.exitCode = code;
  };
  if (isNodeTooOld()) return fail(say.oldNode);
  const { problem, values, ordered } = readFlags(args, process.env, { isTyped: true });
  if (problem !== undefined) return fail(`${problem}\n\n${helpText(language)}`, 2);
  if (values.help) return console.log(helpText(language));
  if (values.version)
    return console.log(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version);

  const { installDependencies } = await import('./dependencies.mjs');
  if (!installDependencies()) return fail(say.notInstalled);
  const { build, isBuilt } = await import('./build.mjs');
  if (!isBuilt()) {
    console.log(say.building);
    if (!build()) return fail(say.notBuilt);
  }
  if (!values.headless) {
    const { findElectron } = await import('./electronRuntime.mjs');
    const { downloadElectron } = await import('./electronDownload.mjs');
    const electron = findElectron() ?? (await downloadElectron(language));
    if (electron !== null) return become(electron, [root, ...ordered]);
  }
  return become(process.execPath, [join(root, 'out/main/headless.js'), ...ordered]);
}

await start(process.argv.slice(2));
