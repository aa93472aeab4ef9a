import type { CaptureView } from '../types';
import { type LocalMedia, muteOf } from './LocalMedia';

/** What is captured, as the page shows it. @param titleOf what to call the other side of a session */
export function captureViews(media: LocalMedia, titleOf: (sessionId: string) => string): CaptureView[] {
  return media.captures.map((capture) => ({
    source: capture.source,
    stream: capture.stream,
    label: capture.label,
    region: capture.region,
    mute: muteOf(capture),
    watchers: capture.sessionIds.map((sessionId) => ({ sessionId, title: titleOf(sessionId) })),
  }));
}
