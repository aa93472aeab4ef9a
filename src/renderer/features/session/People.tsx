import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeIconAt } from '../../../shared/identity/codeIcons';
import type { PeerRights } from '../../../shared/protocol/rights';
import { useFormat } from '../../i18n/useFormat';
import { pathWords, rightsWords, trustMarkWords } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';
import { peerTrust } from '../../state/deviceTrust';
import { mayBeTrusted, type SessionView } from '../../state/views';
import { useOwnVoice, useTheirVoice } from '../../state/voice/useVoiceState';
import { CheckButton } from '../../ui/CheckButton';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { ShortCodeView } from '../../ui/device/ShortCodeView';
import { TrustMark } from '../../ui/device/TrustMark';
import { VoiceMark, type VoiceState } from '../../ui/VoiceMark';
import './People.css';

/** Who is in a session: this device, and the other one with what is known of it. */
export function People({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  const device = useApp((state) => state.core.app?.device ?? null);
  const name = useApp((state) => state.core.settings?.name ?? '');
  const { peer, title, localShare, remoteShare, localCamera, remoteCamera, ownRights, security } = session;
  const ownVoice = useOwnVoice(session);
  const theirVoice = useTheirVoice(session);
  const proof = security?.proof ?? 'code';
  const mark = trustMarkWords(t, peerTrust(session.security?.trust));
  return (
    <ul className="people" aria-label={t('session.drawer.people')}>
      {device ? (
        <Person deviceId={device.deviceId} name={name} note={t('session.people.you')}>
          {localShare ? <Text size="xs">{t('session.people.sharing')}</Text> : null}
          <VoiceLine state={ownVoice} hasCamera={localCamera !== null} />
          <OwnLimits session={session} />
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
        <VoiceLine state={theirVoice} hasCamera={remoteCamera !== null} />
        {theirVoice !== 'off' && ownVoice === 'off' && ownRights.share ? (
          <Text size="xs" c="dimmed">
            {t('voice.people.oneWay')}
          </Text>
        ) : null}
        <Text size="xs" c={mark?.tone === 'bad' ? 'var(--app-bad)' : 'dimmed'} className="wrap-anywhere">
          {mark ? <TrustMark {...mark} size={15} isBesideWords /> : null}{' '}
          {mark?.label ?? (proof === 'code' ? t('trust.unknown') : null)}
        </Text>
        {proof === 'code' ? null : (
          <Text size="xs" c="dimmed">
            <TrustMark tone="good" label={t(`session.guest.${proof}`)} size={15} isBesideWords />{' '}
            {t(`session.guest.${proof}`)}
          </Text>
        )}
        {mayBeTrusted(session) ? (
          <Button
            {...{ size: 'compact-xs', variant: 'light', mt: 4, display: 'block' }}
            onClick={() => model.open({ kind: 'trust', sessionId: session.sessionId })}
          >
            {t('trust.give.action')}
          </Button>
        ) : null}
        <TheirLimits session={session} />
        <CheckButton
          {...{ size: 'compact-xs', variant: 'subtle', mt: 4, ml: -8, display: 'block' }}
          session={session}
          onOpen={(check) => model.open(check)}
        />
        <Code session={session} />
      </Person>
    </ul>
  );
}

/** How somebody's microphone and camera stand. */
function VoiceLine({ state, hasCamera }: { state: VoiceState; hasCamera: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {state === 'off' ? null : (
        <Text size="xs">
          <VoiceMark state={state} label={t(`voice.state.${state}`)} isBesideWords />{' '}
          {t(`voice.state.${state}`)}
        </Text>
      )}
      {hasCamera ? <Text size="xs">{t('voice.people.camera')}</Text> : null}
    </>
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

/** What this side may do, where it came by an invite that does not include everything. */
function OwnLimits({ session: { ownRights } }: { session: SessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!isLimited(ownRights)) return null;
  const what = rightsWords(t, format, ownRights, 'session.guest.what');
  return (
    <Text size="xs">
      {what === null ? t('session.guest.nothing') : t('session.guest.limitsHelp', { what })}
    </Text>
  );
}

/** What a guest may do here. */
function TheirLimits({ session: { rights } }: { session: SessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!isLimited(rights)) return null;
  const what = rightsWords(t, format, rights, 'invites.what');
  return (
    <Text size="xs">
      {what === null ? t('session.guest.theyMayNothing') : t('session.guest.theyMay', { what })}
    </Text>
  );
}

function isLimited(rights: PeerRights): boolean {
  return Object.values(rights).includes(false);
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
