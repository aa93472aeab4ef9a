import type { TFunction } from 'i18next';
import type { TrackMute } from '../../../shared/protocol/tracks';
import type { AppStore } from '../../state/store';
import type { CaptureView, SessionView } from '../../state/views';

type Core = Pick<AppStore['core'], 'sessions' | 'captures'>;

/** What became of voices, cameras and the sound of screens, this person's and those of others, for a screen reader. */
export function voiceNews(t: TFunction, before: Core, after: Core): string[] {
  const others = after.sessions.flatMap((session) => {
    const old = before.sessions.find(({ sessionId }) => sessionId === session.sessionId);
    return old ? theirNews(t, old, session) : [];
  });
  return [...others, ...ownNews(t, before.captures, after.captures)];
}

/** A sound that comes and goes by itself, as between two videos, is no news. */
function isOn(mute: TrackMute | null): boolean {
  return mute !== null && mute !== 'paused';
}

function hasSound(sound: SessionView['remoteSound']): boolean {
  return isOn(sound?.mute ?? null);
}

function theirNews(t: TFunction, old: SessionView, { title: name, ...now }: SessionView): string[] {
  const news: string[] = [];
  if (!old.remoteVoice && now.remoteVoice?.mute === 'none') news.push(t('voice.announce.heard', { name }));
  if (old.remoteVoice && !now.remoteVoice) news.push(t('voice.announce.unheard', { name }));
  if (old.remoteVoice && now.remoteVoice && old.remoteVoice.mute !== now.remoteVoice.mute)
    news.push(
      t(now.remoteVoice.mute === 'none' ? 'voice.announce.unmuted' : 'voice.announce.muted', { name }),
    );
  if (hasSound(old.remoteSound) !== hasSound(now.remoteSound))
    news.push(t(hasSound(now.remoteSound) ? 'sound.announce.theirs' : 'sound.announce.theirsOff', { name }));
  if (!old.remoteCamera !== !now.remoteCamera)
    news.push(
      t(now.remoteCamera ? 'voice.announce.theirCameraOn' : 'voice.announce.theirCameraOff', { name }),
    );
  return news;
}

function ownNews(t: TFunction, before: readonly CaptureView[], after: readonly CaptureView[]): string[] {
  const of = (captures: readonly CaptureView[], source: CaptureView['source']) =>
    captures.find((each) => each.source === source)?.mute ?? null;
  const [mic, micBefore] = [of(after, 'microphone'), of(before, 'microphone')];
  const [camera, cameraBefore] = [of(after, 'camera'), of(before, 'camera')];
  const news: string[] = [];
  if (mic !== micBefore)
    news.push(
      t(
        mic === null
          ? 'voice.announce.off'
          : mic === 'paused'
            ? 'voice.announce.iMuted'
            : 'voice.announce.on',
      ),
    );
  const [sound, soundBefore] = [of(after, 'screen-audio'), of(before, 'screen-audio')];
  if (isOn(sound) !== isOn(soundBefore))
    news.push(t(isOn(sound) ? 'sound.announce.on' : 'sound.announce.off'));
  if ((camera === null) !== (cameraBefore === null))
    news.push(t(camera === null ? 'voice.announce.cameraOff' : 'voice.announce.cameraOn'));
  return news;
}
