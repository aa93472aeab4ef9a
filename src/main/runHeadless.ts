import { languageOf } from '../../scripts/flags.mjs';
import type { AppBackend } from '../backend/createBackend';
import { openAskedRelay, printRelay } from './askedRelay';
import { type CommandLine, nodeBackendOptions } from './commandLine';
import { findDesktopTools } from './node/desktopTools';
import { createNodeBackend } from './node/createNodeBackend';
import { openLog } from './node/log';
import type { Log } from '../backend/ports';
import { START_FAILED, startFailureText } from './startFailureText';
import { PageServer } from './web/PageServer';

/** Leaving takes this long at most, in ms; whatever hangs is left behind. */
const LEAVE_TIMEOUT_MS = 3_000;

/** What was built for it: absolute paths of the page's folder and of `fileThreadEntry`. */
export interface HeadlessPaths {
  pageDir: string;
  fileThreadPath?: string;
}

/**
 * Runs the backend in this process, with its page on localhost, until a signal comes. What keeps it from starting is
 * said in one sentence on stderr and ends the process with exit code 2.
 */
export async function runHeadless(
  options: CommandLine,
  appVersion: string,
  { pageDir, fileThreadPath }: HeadlessPaths,
): Promise<void> {
  try {
    const log = openLog(options.profileDir);
    endOnBugs(log);
    const tools = findDesktopTools();
    const backend = await createNodeBackend({
      ...nodeBackendOptions(options),
      appVersion,
      ...(fileThreadPath === undefined ? {} : { fileThreadPath }),
      shell: {
        runtime: 'headless',
        ...(tools === null ? {} : { reveal: (path: string) => tools.reveal(path) }),
      },
      log,
    });
    if (options.link !== null) backend.openLink(options.link);
    const server = new PageServer({ pageDir, port: options.port, hub: backend.hub, log });
    endOnSignals(backend, server, log);
    await openAskedRelay(options.relayPort, backend);
    await server.start();
    // Finding devices opens sockets on every interface; the page hears of it when it is done.
    const started = backend.start().then(() => backend.openEmbeddedRelay());
    process.stdout.write(`Hither is ready: ${server.url}\n`);
    const browse = options.opensBrowser ? tools?.browse(server.url) : undefined;
    const shown = browse?.catch((error: unknown) => {
      log.warn('browser', { error });
    });
    printRelay(await started, languageOf(process.env), process);
    await shown;
  } catch (error) {
    const sentence = startFailureText(error, languageOf(process.env));
    if (sentence === null) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exit(START_FAILED);
  }
}

function endOnBugs(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.error(event, { error });
      process.exit(1);
    });
}

function endOnSignals(backend: AppBackend, server: PageServer, log: Log): void {
  let isLeaving = false;
  const leave = (signal: NodeJS.Signals): void => {
    // A terminal's Ctrl+C reaches us twice: from the terminal, and passed on by the process that started us.
    if (isLeaving) return;
    isLeaving = true;
    log.info('process', { to: 'leaving', signal });
    setTimeout(() => process.exit(0), LEAVE_TIMEOUT_MS);
    void Promise.allSettled([backend.close(), server.close()]).then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
}
