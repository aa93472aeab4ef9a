import type { RequestHandlers } from '../../shared/contract/backend';
import type { Capabilities } from '../../shared/contract/shell';
import { HitherError } from '../../shared/errors';
import { isWebLink } from '../../shared/webLink';
import type { ShellPorts } from './shellPorts';

type ShellHandlers = Pick<
  RequestHandlers,
  | 'folders:choose'
  | 'capture:sources'
  | 'capture:choose'
  | 'shell:notify'
  | 'shell:openLink'
  | 'shell:microphone'
  | 'shell:screen'
>;

/** What the page may ask of a shell. */
export function capabilitiesOf(shell: ShellPorts): Capabilities {
  return {
    runtime: shell.runtime,
    hasSourcePicker: shell.captureSources !== undefined && shell.captureChoose !== undefined,
    canShareSound: shell.canShareSound === true,
    canHideWindow: shell.canHideWindow === true,
    canChooseFolder: shell.chooseFolder !== undefined,
    canReveal: shell.reveal !== undefined,
    canNotify: shell.notify !== undefined,
    canOpenLinks: shell.openLink !== undefined,
    hasMuteKey: shell.microphone !== undefined,
    canKeepRunning: shell.canKeepRunning === true,
  };
}

/** The requests that the shell answers; what it can't do is `not-allowed`. */
export function shellHandlers(shell: ShellPorts): ShellHandlers {
  return {
    'folders:choose': async () => {
      if (shell.chooseFolder === undefined) throw new HitherError('not-allowed');
      return { dir: await shell.chooseFolder() };
    },
    'shell:notify': ({ title, body }) => {
      if (shell.notify === undefined) throw new HitherError('not-allowed');
      shell.notify({ title, body });
      return {};
    },
    'shell:screen': ({ isShared }) => {
      shell.screenShared?.(isShared);
      return {};
    },
    'shell:microphone': ({ state }) => {
      shell.microphone?.(state);
      return {};
    },
    'shell:openLink': async ({ url }) => {
      if (shell.openLink === undefined) throw new HitherError('not-allowed');
      if (!isWebLink(url)) throw new HitherError('bad-address');
      await shell.openLink(url);
      return {};
    },
    'capture:sources': async (_args, pageId) => {
      if (shell.captureSources === undefined) throw new HitherError('not-allowed');
      return { sources: await shell.captureSources(pageId) };
    },
    'capture:choose': async ({ sourceId }, pageId) => {
      if (shell.captureChoose === undefined) throw new HitherError('not-allowed');
      await shell.captureChoose(sourceId, pageId);
      return {};
    },
  };
}
