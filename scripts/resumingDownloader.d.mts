/** Why a download failed, and whom we asked. */
export class DownloadError extends Error {
  readonly code: 'unreachable' | 'refused' | 'stalled' | 'cut';
  readonly host: string;
}

export interface ResumingDownloadOptions {
  onProgress: (bytes: number, totalBytes: number | null) => void;
  /** The download is given up when nothing has come for so long. */
  stallMs: number;
  signal: AbortSignal;
}

/** A downloader for @electron/get that goes on where an earlier one ended. */
export class ResumingDownloader {
  constructor(partsDir: string);
  download(url: string, target: string, options: ResumingDownloadOptions): Promise<void>;
}
