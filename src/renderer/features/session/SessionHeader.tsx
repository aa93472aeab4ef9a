import { Button, Text, Tooltip } from '@mantine/core';
import { IconFile, IconFolder } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { trustMarkWords } from '../../i18n/words';
import { useModel } from '../../state/AppModelContext';
import { peerTrust } from '../../state/deviceTrust';
import { useFolderHint } from '../../state/useFolderHint';
import type { SessionView } from '../../state/views';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { Name } from '../../ui/device/Name';
import { PhaseDot } from '../../ui/device/PhaseDot';
import { PlatformIcon } from '../../ui/device/PlatformIcon';
import { TrustMark } from '../../ui/device/TrustMark';
import './SessionHeader.css';

interface SessionHeaderProps {
  session: SessionView;
  onSendFiles: () => void;
  onSendFolder: () => void;
  /** The share button, from its own feature. */
  share: ReactNode;
}

/** Who is on the other side, how the session stands, and what can be done in it. */
export function SessionHeader({ session, onSendFiles, onSendFolder, share }: SessionHeaderProps) {
  const { t } = useTranslation();
  const { phase } = session.state;
  const isUp = phase === 'connected' || phase === 'reconnecting';
  const mark = trustMarkWords(t, peerTrust(session.security?.trust));
  return (
    <div className="session-header">
      {session.peer ? (
        <DevicePicture deviceId={session.peer.deviceId} size={36} />
      ) : (
        <PlatformIcon platform="other" size={26} className="no-shrink" />
      )}
      <div className="session-header-peer">
        <div className="marked-name">
          <Name component="h1" fw={650} fz="lg" m={0} lh={1.3}>
            {session.title}
          </Name>
          {mark ? <TrustMark {...mark} /> : null}
        </div>
        <div className="session-header-state" role="status">
          <PhaseDot phase={phase} />
          <Text size="xs" c="dimmed" component="span">
            {t(`session.state.${phase}`)}
          </Text>
        </div>
      </div>
      {isUp ? (
        <div className="session-header-actions">
          {share}
          <Button variant="default" leftSection={<IconFile size={17} />} onClick={onSendFiles}>
            {t('session.sendFiles')}
          </Button>
          <FolderButton onClick={onSendFolder} />
        </div>
      ) : null}
      {phase === 'ended' ? null : <LeaveButton session={session} />}
    </div>
  );
}

function FolderButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  const hint = useFolderHint();
  return (
    <Tooltip
      multiline
      w={280}
      label={hint}
      disabled={hint === null}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button variant="default" leftSection={<IconFolder size={17} />} onClick={onClick}>
        {t('session.sendFolder')}
      </Button>
    </Tooltip>
  );
}

function LeaveButton({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  const { phase } = session.state;
  if (phase === 'asked') return null;
  const isRequest = phase === 'dialing' || phase === 'asking';
  return (
    <Button
      color="red"
      variant="light"
      className="session-header-leave"
      onClick={() => model.core.leave(session.sessionId)}
    >
      {t(isRequest ? 'session.cancelRequest' : 'session.leave')}
    </Button>
  );
}
