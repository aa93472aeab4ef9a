import { languageOf } from '../../scripts/flags.mjs';
import type { AppBackend } from '../backend/createBackend';
import { openAskedRelay, printRelay } from './askedRelay';
import { type CommandLine, nodeBackendOptions } from './commandLine';
import { handOverLink } from './handOverLink';
import { type DesktopTools, findDesktopTools } from './node/desktopTools';
import { createNodeBackend } from './node/createNodeBackend';
import { openLog } from './node/log';
import type { Log } from '../backend/ports';
import { OpenedLinkInbox } from './OpenedLinkInbox';
import { START_FAILED, startFailureText } from './startFailureText';
import type { HandedTo } from './node/storage/profileQuestions';
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
 * said in one sentence on stderr and ends the process with exit code 2. A link whose profile is in use goes to the process that
 * uses it.
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
    const openedLinks = new OpenedLinkInbox();
    openedLinks.add(options.link);
    let showPage = (): HandedTo => 'nobody';
    const backend = await createNodeBackend({
      ...nodeBackendOptions(options),
      appVersion,
      ...(fileThreadPath === undefined ? {} : { fileThreadPath }),
      shell: {
        runtime: 'headless',
        ...(tools === null ? {} : { reveal: (path: string) => tools.reveal(path) }),
      },
      openHandedLink(link) {
        openedLinks.add(link);
        return showPage();
      },
      log,
    });
    openedLinks.deliverTo((link) => backend.openLink(link));
    const server = new PageServer({ pageDir, port: options.port, hub: backend.hub, log });
    endOnSignals(backend, server, log);
    await openAskedRelay(options.relayPort, backend);
    await server.start();
    // Finding devices opens sockets on every interface; the page hears of it when it is done.
    const started = backend.start().then(() => backend.openEmbeddedRelay());
    process.stdout.write(`Hither is ready: ${server.url}\n`);
    const browse = browserOf(options.opensBrowser ? tools : null, server.url, log);
    const shown = browse?.();
    showPage = () => {
      if (backend.hub.hasActivePage) return 'page';
      void browse?.();
      return browse === null ? 'nobody' : 'page';
    };
    printRelay(await started, languageOf(process.env), process);
    await shown;
  } catch (error) {
    await endStart(error, options.link);
  }
}

/** Opens the page in the default browser, and logs where that fails; `null` where nothing is to be opened. */
function browserOf(tools: DesktopTools | null, url: string, log: Log): (() => Promise<void>) | null {
  if (tools === null) return null;
  return () =>
    tools.browse(url).catch((error: unknown) => {
      log.warn('browser', { error });
    });
}

/** Says why the app does not start, and ends the process: with 0 where a link was all that was wanted, and the app that runs has it. */
async function endStart(error: unknown, link: string | null): Promise<void> {
  const language = languageOf(process.env);
  const handed = await handOverLink(error, link, language);
  const sentence = handed?.text ?? startFailureText(error, language);
  if (sentence === null) throw error;
  const isOpened = handed?.isOpened === true;
  (isOpened ? process.stdout : process.stderr).write(`${sentence}\n`);
  process.exit(isOpened ? 0 : START_FAILED);
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
