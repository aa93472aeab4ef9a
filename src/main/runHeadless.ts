import { languageOf } from '../../scripts/flags.mjs';
import { type AppBackend, createBackend } from './backend';
import type { CommandLine } from './commandLine';
import { findDesktopTools } from './desktopTools';
import { type Log, openLog } from './log';
import { ProfileInUseError } from './settings/ProfileLock';
import { PortTakenError } from './web/listenOn';
import { PageMissingError } from './web/PageFiles';
import { PageServer } from './web/PageServer';

/** Leaving takes this long at most, in ms; whatever hangs is left behind. */
const LEAVE_TIMEOUT_MS = 3_000;

/**
 * Runs the backend in this process, with its page on localhost, until a signal comes. What keeps it from starting is
 * said in one sentence on stderr and ends the process with exit code 1.
 */
export async function runHeadless(options: CommandLine, appVersion: string, pageDir: string): Promise<void> {
  try {
    const log = openLog(options.profileDir);
    endOnBugs(log);
    const tools = findDesktopTools();
    const backend = await createBackend({
      profileDir: options.profileDir,
      name: options.name ?? undefined,
      downloadsDir: options.downloadsDir ?? undefined,
      appVersion,
      shell: {
        runtime: 'headless',
        ...(tools === null ? {} : { reveal: (path: string) => tools.reveal(path) }),
      },
      log,
    });
    const server = new PageServer({ pageDir, port: options.port, hub: backend.hub, log });
    endOnSignals(backend, server, log);
    await server.start();
    await backend.start();
    process.stdout.write(`Hither is ready: ${server.url}\n`);
    if (options.opensBrowser)
      await tools?.browse(server.url).catch((error: unknown) => {
        log.warn('browser', { error });
      });
  } catch (error) {
    const sentence = sentenceFor(error, languageOf(process.env));
    if (sentence === null) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exit(1);
  }
}

/** Words for what a person can do something about; `null` for everything else. */
function sentenceFor(error: unknown, language: 'en' | 'ko'): string | null {
  const isKorean = language === 'ko';
  if (error instanceof ProfileInUseError)
    return isKorean
      ? `다른 Hither(프로세스 ${error.pid})가 ${error.profileDir} 프로필을 쓰고 있습니다. 그것을 끝내거나 --profile DIR로 다른 프로필을 지정하세요.`
      : `Another Hither (process ${error.pid}) uses the profile ${error.profileDir}. Quit it, or name another profile with --profile DIR.`;
  if (error instanceof PortTakenError)
    return isKorean
      ? `포트 ${error.port}을(를) 쓸 수 없습니다. --port N으로 다른 포트를 지정하거나 --port를 빼고 실행하세요.`
      : `Port ${error.port} can't be used. Name another with --port N, or leave --port out.`;
  if (error instanceof PageMissingError)
    return isKorean
      ? `${error.dir}에 페이지가 없습니다. npm run build로 먼저 빌드하세요.`
      : `There is no page in ${error.dir}. Build it with npm run build.`;
  return null;
}

function endOnBugs(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.error(event, { error });
      process.exit(1);
    });
}

function endOnSignals(backend: AppBackend, server: PageServer, log: Log): void {
  const leave = (signal: NodeJS.Signals): void => {
    log.info('process', { to: 'leaving', signal });
    setTimeout(() => process.exit(0), LEAVE_TIMEOUT_MS);
    void Promise.allSettled([backend.close(), server.close()]).then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, leave);
}
