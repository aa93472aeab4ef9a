import { constants } from 'node:os';
import { fetchElectron, mayFetchElectron, STALL_MS } from './electronRuntime.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** What a terminal takes as: empty the line from here. */
const CLEAR_LINE = '\x1b[K';
const STALL_SECONDS = STALL_MS / 1000;

const words = {
  en: {
    missing: 'Electron is not on this machine, so Hither opens in the browser.',
    fetching:
      'Fetching Electron for the desktop app. To do without it, press Ctrl+C and run: npm start -- --headless',
    progress: (mb, total) => (total === null ? `Electron: ${mb} MB` : `Electron: ${mb} of ${total} MB`),
    stopped: 'Stopped. The next start goes on from here.',
    failed: (why) =>
      `Electron could not be fetched: ${why}. Hither opens in the browser; the next start tries again.`,
    unreachable: ({ host, reason }) => `${host} can't be reached (${reason})`,
    refused: ({ host, status }) => `${host} answered with status ${status}`,
    stalled: ({ host }) => `nothing came from ${host} for ${STALL_SECONDS} seconds`,
    cut: ({ host }) => `${host} broke the connection off`,
    damaged: () => 'what came does not have the checksum of this version',
    packed: () => 'it could not be unpacked, as said above',
  },
  ko: {
    missing: '이 컴퓨터에 Electron이 없어서 Hither를 브라우저에서 엽니다.',
    fetching:
      '데스크톱 앱에 필요한 Electron을 받고 있습니다. 받지 않으려면 Ctrl+C를 누르고 다음을 실행하세요: npm start -- --headless',
    progress: (mb, total) => (total === null ? `Electron: ${mb}MB` : `Electron: ${total}MB 중 ${mb}MB`),
    stopped: '중단했습니다. 다음에 시작할 때 이어서 받습니다.',
    failed: (why) =>
      `Electron을 받지 못했습니다: ${why}. Hither를 브라우저에서 열고, 다음에 시작할 때 다시 시도합니다.`,
    unreachable: ({ host, reason }) => `${host}에 연결할 수 없습니다(${reason})`,
    refused: ({ host, status }) => `${host}에서 상태 코드 ${status}(으)로 응답했습니다`,
    stalled: ({ host }) => `${STALL_SECONDS}초 동안 ${host}에서 아무것도 오지 않았습니다`,
    cut: ({ host }) => `${host}에서 연결을 끊었습니다`,
    damaged: () => '받은 파일의 체크섬이 이 버전과 다릅니다',
    packed: () => '압축을 풀지 못했습니다. 위의 내용을 확인하세요',
  },
};

/** How much has come: one line that changes on a terminal, and a line for each ten MB elsewhere, as in a log. */
class ProgressLine {
  #text;
  #stepMb = process.stdout.isTTY ? 1 : 10;
  #shownStep = -1;

  /** @param {(mb: number, totalMb: number | null) => string} text */
  constructor(text) {
    this.#text = text;
  }

  show(bytes, totalBytes) {
    const mb = Math.floor(bytes / 1e6);
    const step = Math.floor(mb / this.#stepMb);
    if (step === this.#shownStep) return;
    this.#shownStep = step;
    const text = this.#text(mb, totalBytes === null ? null : Math.floor(totalBytes / 1e6));
    process.stdout.write(process.stdout.isTTY ? `\r${CLEAR_LINE}${text}` : `${text}\n`);
  }

  end() {
    if (process.stdout.isTTY && this.#shownStep >= 0) process.stdout.write('\n');
  }
}

/**
 * Fetches Electron's runtime and shows how far it is. Ends the process when a signal says so; what has come then is kept.
 * @param {'en' | 'ko'} language
 * @returns {Promise<string | null>} the program; `null` where it can't be had, after a line that says why
 */
export async function downloadElectron(language) {
  const say = words[language];
  if (!mayFetchElectron()) {
    console.log(say.missing);
    return null;
  }
  console.log(say.fetching);
  const stop = new AbortController();
  let stoppedBy = null;
  const onSignal = (signal) => {
    stoppedBy = signal;
    stop.abort();
  };
  for (const signal of SIGNALS) process.once(signal, onSignal);
  const line = new ProgressLine(say.progress);
  try {
    const onProgress = (bytes, totalBytes) => line.show(bytes, totalBytes);
    return await fetchElectron({ onProgress, signal: stop.signal }).finally(() => line.end());
  } catch (error) {
    if (stoppedBy !== null) {
      console.log(say.stopped);
      process.exit(128 + constants.signals[stoppedBy]);
    }
    console.log(say.failed(say[error.code]?.(error) ?? error.message));
    return null;
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}
