import type { TrackMute, TrackSource } from '../../../../shared/protocol/tracks';

/** A track of a session, as it is shown or heard. */
interface LiveTrack {
  track: MediaStreamTrack;
  mute: TrackMute;
}

/** The tracks of one session; `null` for what is not there. */
export interface SceneTracks {
  local(source: TrackSource): LiveTrack | null;
  remote(source: TrackSource): LiveTrack | null;
}

/** What a recording shows and sounds of at a moment. */
export interface Scene {
  /** What the stage shows; `hold` for the last picture, where that is paused; `null` for none. */
  picture: MediaStreamTrack | 'hold' | null;
  sounds: readonly MediaStreamTrack[];
}

const SOUNDS = ['microphone', 'screen-audio'] as const satisfies TrackSource[];

/**
 * The picture on the stage: the other's screen, else this one's, else the other's camera, else this one's; and what is heard of
 * all, this person too. What is muted is in no recording.
 */
export function sceneOf(sessions: readonly SceneTracks[]): Scene {
  const remote = (source: TrackSource) => sessions.map((session) => session.remote(source));
  const local = (source: TrackSource) => sessions.map((session) => session.local(source));
  const isThere = (each: LiveTrack | null) => each !== null;
  const screen = [...remote('screen'), ...local('screen')].find(isThere);
  const camera = [...remote('camera'), ...local('camera')].find((each) => each?.mute === 'none');
  const sounds = SOUNDS.flatMap((source) => [...remote(source), ...local(source)])
    .filter((each) => each?.mute === 'none')
    .flatMap((each) => each?.track ?? []);
  const picture = screen ? (screen.mute === 'none' ? screen.track : 'hold') : (camera?.track ?? null);
  // One microphone goes to every session of a room.
  return { picture, sounds: [...new Set(sounds)] };
}
