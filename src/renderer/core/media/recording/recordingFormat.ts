import type { RequestArgs } from '../../../../shared/contract/contract';
import { canCrop } from '../region/Crop';

/** What a file is encoded as. */
export interface RecordingFormat {
  mimeType: string;
  ending: RequestArgs<'recordings:start'>['ending'];
}

/**
 * In the order of preference. WebM goes out in clusters as they come, so that a file plays up to where a crash cut it; Chromium's MP4 comes in
 * fragments of several seconds. VP9 drops fewer pictures than VP8 for about the same work, and plays where AV1, which costs a third less,
 * does not yet. `docs/performance.md` has the figures.
 */
const FORMATS: readonly RecordingFormat[] = [
  { mimeType: 'video/webm;codecs=vp9,opus', ending: 'webm' },
  { mimeType: 'video/webm;codecs=vp8,opus', ending: 'webm' },
  { mimeType: 'video/mp4;codecs=avc1.42E01F,opus', ending: 'mp4' },
  { mimeType: 'video/mp4', ending: 'mp4' },
];

/** The format that this browser records in; `null` where it can't record at all. */
export function recordingFormat(
  isSupported = (mimeType: string): boolean => MediaRecorder.isTypeSupported(mimeType),
): RecordingFormat | null {
  return FORMATS.find(({ mimeType }) => isSupported(mimeType)) ?? null;
}

/** Whether this browser can record: pictures of changing sources take streams of a track's frames, which Chromium has. */
export function canRecord(): boolean {
  return canCrop() && typeof MediaRecorder === 'function' && recordingFormat() !== null;
}
