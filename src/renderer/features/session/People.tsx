import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeIconAt } from '../../../shared/identity/codeIcons';
import { pathWords, trustMarkWords } from '../../i18n/words';
import { useApp } from '../../state/AppModelContext';
import { peerTrust } from '../../state/deviceTrust';
import type { SessionView } from '../../state/views';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { ShortCodeView } from '../../ui/device/ShortCodeView';
import { TrustMark } from '../../ui/device/TrustMark';
import './People.css';

/** Who is in a session: this device, and the other one with what is known of it. */
export function People({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const device = useApp((state) => state.core.app?.device ?? null);
  const name = useApp((state) => state.core.settings?.name ?? '');
  const { peer, title, localShare, remoteShare } = session;
  const mark = trustMarkWords(t, peerTrust(session.security?.trust));
  return (
    <ul className="people" aria-label={t('session.drawer.people')}>
      {device ? (
        <Person deviceId={device.deviceId} name={name} note={t('session.people.you')}>
          {localShare ? <Text size="xs">{t('session.people.sharing')}</Text> : null}
        </Person>
      ) : null}
      <Person
        deviceId={peer?.deviceId ?? null}
        name={title}
        note={
          !session.hasLink
            ? t('session.people.noScreens')
            : session.path
              ? pathWords(t, session.path).short
              : t('session.path.unknown')
        }
      >
        {remoteShare ? <Text size="xs">{t('session.people.sharing')}</Text> : null}
        <Text size="xs" c={mark?.tone === 'bad' ? 'var(--app-bad)' : 'dimmed'} className="wrap-anywhere">
          {mark ? <TrustMark {...mark} size={15} isBesideWords /> : null} {mark?.label ?? t('trust.unknown')}
        </Text>
        <Code session={session} />
      </Person>
    </ul>
  );
}

function Person({
  deviceId,
  name,
  note,
  children,
}: {
  deviceId: string | null;
  name: string;
  note: string;
  children: React.ReactNode;
}) {
  return (
    <li className="person">
      {deviceId === null ? null : <DevicePicture deviceId={deviceId} size={40} />}
      <div className="grow">
        <Text fw={600} className="wrap-anywhere">
          <bdi>{name}</bdi>
        </Text>
        <Text size="xs" c="dimmed">
          {note}
        </Text>
        {children}
      </div>
    </li>
  );
}

/** The code that the two have compared, or would: to look at it again at any time. */
function Code({ session: { security } }: { session: SessionView }) {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  if (!security) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        mt={4}
        ml={-8}
        aria-expanded={isShown}
        onClick={() => setIsShown(!isShown)}
      >
        {t(isShown ? 'session.people.hideCode' : 'session.people.showCode')}
      </Button>
      {isShown ? (
        <ShortCodeView
          icons={security.code.icons.map(codeIconAt)}
          digits={security.code.digits}
          words={{
            label: t('verify.code'),
            pictures: t('verify.pictures'),
            digits: t('verify.digits'),
            icon: (icon) => t(`codeIcons.${icon}`),
          }}
        />
      ) : null}
    </>
  );
}
