/*
 * Chromium's streams of a track's frames (W3C mediacapture-transform, in the form that Chromium has had since 94), which no
 * library of TypeScript's has beside the DOM.
 */

/** Hands out the frames of a track; who reads them closes them. */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<VideoFrame>;
}

/** A track of the frames that are written; closes them. */
declare class MediaStreamTrackGenerator extends MediaStreamTrack {
  constructor(init: { kind: 'video' });
  readonly writable: WritableStream<VideoFrame>;
}
