import { Button, Checkbox, Group, Loader, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeIconAt } from '../../../shared/identity/codeIcons';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import { isImpostor } from '../../state/deviceTrust';
import type { SessionSecurity, SessionView } from '../../state/views';
import { Countdown } from '../../ui/prompt/Countdown';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { ShortCodeView } from '../../ui/device/ShortCodeView';
import { isTyping } from '../../ui/shortcuts';
import { KeyChanged } from './KeyChanged';
import './VerifyStep.css';

/** Before anything goes to the peer: two people compare a code, or are warned that the peer isn't whom they trust. */
export function VerifyStep({ session }: { session: SessionView }) {
  const [isOtherDevice, setIsOtherDevice] = useState(false);
  const { security } = session;
  if (!security) return null;
  if (isImpostor(session) && !security.isVerified && !isOtherDevice)
    return <KeyChanged session={session} onGoOn={() => setIsOtherDevice(true)} />;
  return <Comparison session={session} security={security} />;
}

/** What this person has to do with the code; the catalogue has words for each. */
function taskOf({ isVerified, trust }: SessionSecurity): 'compare' | 'waiting' | 'comparing' {
  if (!isVerified) return 'compare';
  return trust.state === 'trusted' ? 'comparing' : 'waiting';
}

const titles = {
  compare: 'verify.title',
  waiting: 'verify.waiting.title',
  comparing: 'verify.comparing.title',
} as const;
const helps = {
  compare: 'verify.help',
  waiting: 'verify.waiting.help',
  comparing: 'verify.comparing.help',
} as const;

function Comparison({ session, security }: { session: SessionView; security: SessionSecurity }) {
  const { t } = useTranslation();
  const model = useModel();
  const { peer, title } = session;
  const { code } = security;
  const task = taskOf(security);
  const section = useRef<HTMLElement>(null);
  // The question that had the focus is gone. The step takes it, but no button: a key on its way decides nothing.
  useEffect(() => {
    if (!isTyping(document.activeElement)) section.current?.focus();
  }, []);
  return (
    <section ref={section} tabIndex={-1} data-landing aria-labelledby="verify-title" className="verify">
      <div className="verify-who">
        {peer ? <DevicePicture deviceId={peer.deviceId} size={56} /> : null}
        <Text component="h2" id="verify-title" fz={22} fw={650} m={0} ta="center" className="wrap-anywhere">
          <Sentence k={titles[task]} names={{ name: title }} />
        </Text>
        {task === 'compare' ? null : <Loader type="dots" size="sm" aria-hidden />}
        <Text c="dimmed" ta="center" maw={520} role="status" className="wrap-anywhere">
          {task === 'compare' && security.isPeerVerified ? (
            <strong>
              <Sentence k="verify.peerDone" names={{ name: title }} />{' '}
            </strong>
          ) : null}
          {t(helps[task])}
        </Text>
      </div>
      <ShortCodeView
        icons={code.icons.map(codeIconAt)}
        digits={code.digits}
        words={{
          label: t('verify.code'),
          pictures: t('verify.pictures'),
          digits: t('verify.digits'),
          icon: (icon) => t(`codeIcons.${icon}`),
        }}
      />
      {task === 'compare' ? <Answer sessionId={session.sessionId} /> : null}
      <Countdown untilMs={session.waitsUntilMs} />
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        onClick={() => model.core.leave(session.sessionId)}
      >
        {t('session.leave')}
      </Button>
    </section>
  );
}

function Answer({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const [trust, setTrust] = useState(false);
  return (
    <div className="verify-answer">
      <Checkbox
        checked={trust}
        label={t('verify.trust')}
        description={t('verify.trustHint')}
        onChange={(event) => setTrust(event.currentTarget.checked)}
      />
      <Group gap="sm" justify="center">
        <Button size="md" variant="default" onClick={() => model.core.reportMismatch(sessionId)}>
          {t('verify.mismatch')}
        </Button>
        <Button size="md" onClick={() => model.core.verify(sessionId, { trust })}>
          {t('verify.match')}
        </Button>
      </Group>
    </div>
  );
}
