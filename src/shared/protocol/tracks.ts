import { z } from 'zod';

/** The feature that screens, voices and cameras go by. */
export const TRACKS_FEATURE = 'tracks';

/** What a track shows or sounds of; a session has at most one of each, each way. */
export const TrackSource = z.enum(['screen', 'screen-audio', 'microphone', 'camera']);
export type TrackSource = z.infer<typeof TrackSource>;

/** Id of the media stream that holds the track and nothing else, as it stands in the SDP. New with every publication. */
const StreamId = z.string().min(1).max(128);

/**
 * Why a track carries nothing (black, or silence), if so: `paused` by its person, or `hidden`, which is for the source to
 * end, as a window that is minimised. What a person has paused is `paused`, hidden or not.
 */
export const TrackMute = z.enum(['none', 'paused', 'hidden']);
export type TrackMute = z.infer<typeof TrackMute>;

/**
 * A track of this source is on its way in the stream with this id, in place of one of the same source. A newer version may have sources
 * that this one doesn't know, and leaves alone.
 */
const TrackPublished = z.object({
  type: z.literal('track-published'),
  source: z.string().min(1).max(32),
  streamId: StreamId,
  mute: TrackMute,
});
export type TrackPublished = z.infer<typeof TrackPublished>;

const TrackUnpublished = z.object({ type: z.literal('track-unpublished'), streamId: StreamId });

/** The track stays, whatever it carries from now on. */
const TrackMuted = z.object({ type: z.literal('track-muted'), streamId: StreamId, mute: TrackMute });

/** What two devices say about their tracks. */
export const TrackMessage = z.discriminatedUnion('type', [TrackPublished, TrackUnpublished, TrackMuted]);
export type TrackMessage = z.infer<typeof TrackMessage>;
