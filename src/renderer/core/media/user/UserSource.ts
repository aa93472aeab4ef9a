import type { TrackSource } from '../../../../shared/protocol/tracks';

/** What shows or sounds of the person themselves. */
export type UserSource = Extract<TrackSource, 'microphone' | 'camera'>;
