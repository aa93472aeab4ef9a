/* global config, decodeIpc, encodeIpc, joinWorlds, preload */
// The isolated world of the preload: what Electron's sandbox gives a preload, and nothing of Node.
if (window === window.top || config.hasSubFrames) {
  const worlds = joinWorlds(`${config.token}-preload`, `${config.token}-main`, () => undefined);
  const tell = globalThis[config.binding];
  const calls = new Map();
  const listeners = new Map();
  let lastId = 0;

  const send = (message) => tell(JSON.stringify(message));
  const ask = (message) =>
    new Promise((resolve, reject) => {
      calls.set(++lastId, { resolve, reject });
      send({ ...message, id: lastId });
    });

  /** Called by the stand-in with what the main process sends. */
  globalThis[config.binding + 'Receive'] = (text) => {
    const message = JSON.parse(text);
    if (message.kind === 'event') {
      const args = message.args.map(decodeIpc);
      for (const listener of [...(listeners.get(message.channel) ?? [])]) listener({}, ...args);
      return;
    }
    const call = calls.get(message.id);
    calls.delete(message.id);
    if (message.kind === 'result') call.resolve(decodeIpc(message.value));
    else call.reject(new Error(message.text));
  };

  const named = (name, members) =>
    new Proxy(members, {
      get(target, key) {
        if (typeof key === 'string' && !(key in target))
          throw new Error(`the Electron stand-in has no ${name}.${key}`);
        return target[key];
      },
    });

  const ipcRenderer = named('ipcRenderer', {
    async invoke(channel, ...args) {
      return ask({ kind: 'invoke', channel, args: args.map(encodeIpc) });
    },
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener(channel, listener) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((known) => known !== listener),
      );
      return ipcRenderer;
    },
  });

  const webUtils = named('webUtils', {
    getPathForFile(file) {
      if (!(file instanceof File)) throw new TypeError('getPathForFile takes a File');
      let path = '';
      // Only DevTools knows a file's path, and this call may not wait: the pause lets it fill the variable in.
      debugger;
      return path;
    },
  });

  const contextBridge = named('contextBridge', {
    exposeInMainWorld(key, api) {
      if (!config.contextIsolation)
        throw new Error('contextBridge API can only be used when contextIsolation is enabled');
      worlds.expose(key, api);
    },
  });

  worlds.expose(config.token, (question) => ask(question));
  const electron = named('electron (in a preload)', { contextBridge, ipcRenderer, webUtils });
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  try {
    preload(require, module, module.exports);
  } catch (error) {
    send({ kind: 'preload-error', text: String(error.stack) });
  }
}
