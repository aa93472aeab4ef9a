// `npm test`: sets up what is missing, runs everything, and ends with one line `N passed, N failed, N skipped`.
// `npm test -- unit lab` runs the named suites only; `long` runs by its name alone, as `npm run test:long` does.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { findChromium } from './chromium.mjs';
import { installDependencies } from './dependencies.mjs';
import { findElectron } from './electronRuntime.mjs';
import { installTestTools } from './testTools.mjs';

const root = join(import.meta.dirname, '..');
const reports = join(root, 'node_modules/.cache/hither/reports');

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts */

/**
 * One suite: its commands, which run side by side, and whether a report is counted or each run of it is one check. Those in
 * the background run beside those after them, on what these leave of the processor: they measure no time. The build comes
 * before them, as it puts files beside its configuration for a moment. Rare ones run when they are named: they are large
 * or slow, and what they show in earnest has a smaller test in another suite.
 */
const suites = [
  {
    name: 'build',
    commands: [
      ['electron-vite', 'build'],
      ['vite', 'build', '--config', 'relay.vite.config.ts'],
    ],
  },
  { name: 'types', isBackground: true, commands: [['tsc', '-b']] },
  {
    name: 'lint',
    isBackground: true,
    commands: [
      ['eslint', '.', '--max-warnings', '0'],
      ['prettier', '--check', '.'],
      ['knip'],
      // What only tests use is unused.
      ['knip', '--production'],
    ],
  },
  // Hardly any of them waits for a real clock, so two files at a time change nothing but the time.
  vitestSuite('unit', ['--maxWorkers=2']),
  vitestSuite('integration'),
  playwrightSuite('e2e'),
  playwrightSuite('lab'),
  playwrightSuite('electron'),
  { ...vitestSuite('long'), isRare: true },
  { ...playwrightSuite('long', 'long*'), isRare: true },
];

/**
 * @param {string} name
 * @param {readonly string[]} [more] flags of its own
 */
function vitestSuite(name, more = []) {
  const report = join(reports, `vitest-${name}.json`);
  const flags = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    name,
    report,
    read: readVitest,
    commands: [['vitest', 'run', '--project', name, ...flags, ...more]],
  };
}

/**
 * @param {string} name
 * @param {string} [projects] those of playwright.config.ts that it has, with `*` for several
 */
function playwrightSuite(name, projects = name) {
  const report = join(reports, `playwright-${name}.json`);
  return {
    name,
    report,
    read: readPlaywright,
    needsBrowser: true,
    commands: [['playwright', 'test', '--project', projects, '--reporter=list,json']],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  };
}

/** @returns {Counts} */
function readVitest(report) {
  const crashed = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => failureOf(file.name, test.fullName, test.failureMessages[0])),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + crashed.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [...failed, ...crashed.map((file) => failureOf(file.name, '', file.message))],
  };
}

/** @returns {Counts} A test that passed at its second try counts as failed: nothing here may be flaky. */
function readPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const errors = report.errors ?? [];
  return {
    passed: expected,
    failed: unexpected + flaky + errors.length,
    skipped,
    failures: [
      ...specsOf(report)
        .filter((spec) => spec.tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
        .map((spec) => failureOf(`${spec.file}:${spec.line}`, spec.title, messageOf(spec))),
      ...errors.map((error) => failureOf(error.location?.file ?? '', '', error.message)),
    ],
  };
}

/** The specs of a report or a suite of it, and of the suites in it. */
function specsOf({ specs = [], suites: inner = [] }) {
  return [...specs, ...inner.flatMap(specsOf)];
}

function messageOf(spec) {
  return spec.tests.flatMap(({ results }) => results).find(({ error }) => error)?.error.message;
}

/** A failed test in two lines: which it is, and the first line of what it said. */
function failureOf(file, title, message = '') {
  const place = isAbsolute(file) ? relative(root, file) : file;
  const [said] = stripVTControlCharacters(message).trim().split('\n');
  return `${[place, title].filter(Boolean).join(' › ')}\n    ${said}`;
}

/** Runs one command of node_modules/.bin; resolves with its exit code, and with its output where that was held back. */
function run([program, ...args], { env = {}, isBackground = false }) {
  return new Promise((resolve) => {
    const suffix = process.platform === 'win32' ? '.cmd' : '';
    const child = spawn(join(root, 'node_modules/.bin', program + suffix), args, {
      cwd: root,
      stdio: isBackground ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    if (isBackground && child.pid !== undefined) lowerPriority(child.pid);
    child.on('error', () => resolve({ code: 1, output }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function lowerPriority(pid) {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system does not let it: it runs as it is.
  }
}

/** @returns {Promise<Counts & { output: string, seconds: number }>} */
async function runSuite(suite) {
  const startedMs = Date.now();
  if (suite.report) rmSync(suite.report, { force: true });
  const ends = await Promise.all(suite.commands.map((command) => run(command, suite)));
  const output = ends.map((end) => end.output).join('');
  const seconds = Math.round((Date.now() - startedMs) / 1000);
  const isGood = ends.every(({ code }) => code === 0);
  return { ...countsOf(suite, isGood), output, seconds };
}

/** @returns {Counts} */
function countsOf(suite, isGood) {
  if (!suite.report) return { passed: Number(isGood), failed: Number(!isGood), skipped: 0, failures: [] };
  try {
    const counts = suite.read(JSON.parse(readFileSync(suite.report, 'utf8')));
    // A runner that fails without a failed test has crashed somewhere between them.
    return isGood || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: [] };
  }
}

/** Which runtime runs the Electron specs, in one line. */
function electronLine() {
  const electron = findElectron();
  if (electron) return `Electron specs: on the real Electron at ${electron}.`;
  return 'Electron specs: on the stand-in (no Electron runtime found). A pass here is no pass of Electron.';
}

function words({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** @returns {Promise<number>} the exit code */
async function main(names) {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(
      `No suite named ${unknown.join(', ')}. There are: ${[...new Set(suites.map((suite) => suite.name))].join(', ')}.`,
    );
    return 2;
  }
  console.log(electronLine());
  const isWanted = (suite) => (names.length === 0 ? !suite.isRare : names.includes(suite.name));
  const chosen = suites.filter(isWanted);
  if (!installDependencies()) return stop('npm ci failed; its own words are above.');
  const problem = chosen.some((suite) => suite.needsBrowser) ? installTestTools() : null;
  if (problem) return stop(problem);
  const chromium = findChromium();
  if (chromium) process.env.HITHER_CHROMIUM = chromium;
  mkdirSync(reports, { recursive: true });

  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  const allFailures = [];
  const report = async (suite, ending) => {
    console.log(`\n── ${suite.name}`);
    const { output, seconds, failures, ...counts } = await ending;
    process.stdout.write(output);
    for (const key of ['passed', 'failed', 'skipped']) total[key] += counts[key];
    allFailures.push(...failures.map((failure) => `${suite.name}: ${failure}`));
    lines.push(`${suite.name.padEnd(12)} ${words(counts)} (${seconds} s)`);
    console.log(lines.at(-1));
  };
  const inBackground = [];
  for (const suite of chosen) {
    const ending = runSuite(suite);
    if (suite.isBackground) inBackground.push([suite, ending]);
    else await report(suite, ending);
  }
  for (const [suite, ending] of inBackground) await report(suite, ending);
  // At the end, as a long run's output is often kept by its last lines only.
  if (allFailures.length > 0) console.log(`\nFailed:\n${allFailures.join('\n')}`);
  console.log(`\n${electronLine()}\n${lines.join('\n')}\n${words(total)}`);
  return total.failed > 0 ? 1 : 0;
}

/** Ends a run that can't begin: one failure, told at once. */
function stop(problem) {
  console.error(problem);
  console.log('0 passed, 1 failed, 0 skipped');
  return 1;
}

process.exitCode = await main(process.argv.slice(2));
