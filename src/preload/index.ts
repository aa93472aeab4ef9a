import { contextBridge, ipcRenderer, type IpcRendererEvent, webUtils } from 'electron';
import { type Bridge, type ChosenFolder, ipcChannels } from '../shared/contract/bridge';

/** Everything the page may ask of the main process; it never sees `ipcRenderer`, a channel name or a path. */
const bridge: Bridge = {
  request: (name, args) => ipcRenderer.invoke(ipcChannels.request, name, args),
  onEvent(listener) {
    const forward = (_event: IpcRendererEvent, name: string, data: unknown) => listener(name, data);
    ipcRenderer.on(ipcChannels.event, forward);
    return () => {
      ipcRenderer.removeListener(ipcChannels.event, forward);
    };
  },
  async registerFile(file) {
    const path = pathOf(file);
    return path === '' ? null : ((await ipcRenderer.invoke(ipcChannels.registerPath, path)) as string);
  },
  chooseFolders: async () => (await ipcRenderer.invoke(ipcChannels.chooseFolders)) as ChosenFolder[],
};

/** Where a dropped or chosen `File` lies on disk; empty for one that a script made. */
function pathOf(file: unknown): string {
  try {
    return webUtils.getPathForFile(file as File);
  } catch {
    return '';
  }
}

contextBridge.exposeInMainWorld('hither', bridge);
