import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import ipcCodec from './page/ipcCodec.js?raw';
import joinWorlds from './page/joinWorlds.js?raw';
import mainWorld from './page/mainWorld.js?raw';
import preloadWorld from './page/preloadWorld.js?raw';

/** The isolated world that a preload runs in. */
export const PRELOAD_WORLD = 'Electron Isolated Context';
/** How the preload's world reaches the main process, and with `Receive` behind it how it is reached. */
export const BINDING = 'electronStandIn';

export interface PageScripts {
  main: string;
  preload: string;
}

/**
 * The scripts that go before those of every document: one for the page's world, one for the preload's.
 * @throws Error of the file system if the preload is not there
 */
export function pageScripts(preloadPath: string | undefined, contextIsolation: boolean): PageScripts {
  // What a page's process could do that was taken over, and Electron's preloads don't: speak from every frame.
  const hasSubFrames = process.env['STAND_IN_SUBFRAMES'] !== undefined;
  const config = { token: randomUUID(), binding: BINDING, contextIsolation, hasSubFrames };
  const head = `const config = ${JSON.stringify(config)};\n${joinWorlds}`;
  const preload = preloadPath === undefined ? '' : readFileSync(preloadPath, 'utf8');
  // As text, because the page's policy would forbid to make a function of it there.
  const wrapped = `function preload(require, module, exports) {\n${preload}\n}`;
  return {
    main: `(() => {\n${head}\n${mainWorld}\n})();`,
    preload: `(() => {\n${head}\n${wrapped}\n${ipcCodec}\n${preloadWorld}\n})();`,
  };
}
