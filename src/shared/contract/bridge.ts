/** IPC channels between the preload and the main process; nothing else crosses. */
export const ipcChannels = {
  /** invoke(name, args) → Outcome */
  request: 'hither:request',
  /** invoke(path) → token for an `OfferItem` of kind `path-token`; only the preload knows paths. */
  registerPath: 'hither:register-path',
  /** invoke() → `ChosenFolder[]`: the person is asked by the system's dialog, and main alone knows the paths. */
  chooseFolders: 'hither:choose-folders',
  /** main → page: (name, data) */
  event: 'hither:event',
} as const;

/** A folder that a person chose to send: its name, and the token that stands for its path in an `OfferItem`. */
export interface ChosenFolder {
  token: string;
  name: string;
}

/** What the preload puts on `window.hither` in the desktop app. */
export interface Bridge {
  /** Sends one request of the contract; the answer is an `Outcome`. */
  request(name: string, args: unknown): Promise<unknown>;
  /** Listens to every event of the contract; returns the disposer. */
  onEvent(listener: (name: string, data: unknown) => void): () => void;
  /** A token that stands for the path of a dropped or chosen `File`, a folder's too, or `null` where it has none. */
  registerFile(file: unknown): Promise<string | null>;
  /** Has the person choose folders to send; none where they cancel. */
  chooseFolders(): Promise<ChosenFolder[]>;
}
