/** IPC channels between the preload and the main process; nothing else crosses. */
export const ipcChannels = {
  /** invoke(name, args) → Outcome */
  request: 'hither:request',
  /** invoke(path) → token for an `OfferItem` of kind `path-token`; only the preload knows paths. */
  registerPath: 'hither:register-path',
  /** main → page: (name, data) */
  event: 'hither:event',
} as const;

/** What the preload puts on `window.hither` in the desktop app. */
export interface Bridge {
  /** Sends one request of the contract; the answer is an `Outcome`. */
  request(name: string, args: unknown): Promise<unknown>;
  /** Listens to every event of the contract; returns the disposer. */
  onEvent(listener: (name: string, data: unknown) => void): () => void;
  /** A token that stands for the path of a dropped or chosen `File`, or `null` where it has none. */
  registerFile(file: unknown): Promise<string | null>;
}
