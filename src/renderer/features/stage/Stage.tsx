import { Button, Text } from '@mantine/core';
import { IconBroadcast, IconBroadcastOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { trustMarkWords } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';
import { peerTrust } from '../../state/deviceTrust';
import type { SessionView, ShareView } from '../../state/views';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { TrustMark } from '../../ui/device/TrustMark';
import { RemoteScreen } from './RemoteScreen';
import './Stage.css';

/** What a session shows: the other side's screen, or what this one shares, or who is here. */
export function Stage({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const { localShare, remoteShare } = session;
  return (
    <section
      className="stage"
      data-sharing={localShare !== null || undefined}
      aria-label={t('session.stage.label')}
    >
      {remoteShare ? (
        <RemoteScreen key={remoteShare.stream.id} session={session} share={remoteShare} />
      ) : localShare ? (
        <OwnShare session={session} share={localShare} />
      ) : (
        <Tiles session={session} />
      )}
    </section>
  );
}

/** What is shared, and with whom, in place of a picture of it: that would show itself, and itself in that, to who watches. */
function OwnShare({ session, share: { label, mute } }: { session: SessionView; share: ShareView }) {
  const { t } = useTranslation();
  const model = useModel();
  const name = session.title;
  const isLive = mute === 'none';
  const Sign = isLive ? IconBroadcast : IconBroadcastOff;
  return (
    <div className="own-share" data-live={isLive} data-testid="own-share">
      <Sign size={40} stroke={1.4} aria-hidden />
      <Text component="h2" fz={20} fw={650} m={0} ta="center" className="wrap-anywhere">
        {label === '' ? (
          <Sentence k={`session.stage.own.${mute}`} names={{ name }} />
        ) : (
          <Sentence k={`session.stage.own.${mute}Named`} names={{ name, label }} />
        )}
      </Text>
      <Text c="dimmed" ta="center">
        {t(ownHelps[mute])}
      </Text>
      {mute === 'paused' ? (
        <Button mt="xs" variant="default" onClick={() => model.core.setMuted('screen', false)}>
          {t('share.resume')}
        </Button>
      ) : null}
    </div>
  );
}

const ownHelps = {
  none: 'session.stage.own.help',
  paused: 'session.stage.own.pausedHelp',
  hidden: 'session.stage.own.hiddenHelp',
} as const;

/** Nobody shows anything: who is here, each as large as the other. */
function Tiles({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const device = useApp((state) => state.core.app?.device ?? null);
  const name = useApp((state) => state.core.settings?.name ?? '');
  const mark = trustMarkWords(t, peerTrust(session.security?.trust));
  return (
    <div className="stage-tiles">
      <div className="stage-tile">
        {session.peer ? <DevicePicture deviceId={session.peer.deviceId} size={72} /> : null}
        <span className="stage-tile-name">
          <bdi>{session.title}</bdi> {mark ? <TrustMark {...mark} /> : null}
        </span>
      </div>
      <div className="stage-tile">
        {device ? <DevicePicture deviceId={device.deviceId} size={72} /> : null}
        <span className="stage-tile-name">
          <bdi>{name}</bdi> <span className="stage-tile-you">{t('session.people.you')}</span>
        </span>
      </div>
      <Text c="dimmed" ta="center" size="sm" className="stage-hint wrap-anywhere">
        <Sentence k="session.stage.emptyHelp" names={{ name: session.title }} />
      </Text>
    </div>
  );
}
