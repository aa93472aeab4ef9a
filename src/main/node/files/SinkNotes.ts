/** What a sink notes of its steps, so that another run of the process can go on with them. */
export interface SinkNotes {
  /** A top-level folder of the manifest has got this name on disk. */
  folder(root: string, name: string): void;
  /** A file is being received under this temporary name. */
  part(fileIndex: number, name: string): void;
  /** A file is about to get this name; resolves when that has been noted. */
  naming(fileIndex: number, name: string): Promise<void>;
  /** So many bytes more have been written. */
  wrote(bytes: number): void;
}

/** Those notes of an earlier run. */
export interface EarlierSink {
  folders: ReadonlyMap<string, string>;
  parts: ReadonlyMap<number, string>;
  namings: ReadonlyMap<number, string>;
}
