import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';
import { Countdown } from '../../ui/prompt/Countdown';
import { isTyping } from '../../ui/shortcuts';

/** A full stop: the peer has the name or the address of a trusted device, and another key. */
export function KeyChanged({ session, onGoOn }: { session: SessionView; onGoOn: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isTyping(document.activeElement)) card.current?.focus();
  }, []);
  const { sessionId, security, title } = session;
  if (security?.trust.state !== 'name-taken' && security?.trust.state !== 'address-taken') return null;
  const isByName = security.trust.state === 'name-taken';
  const names = { trusted: security.trust.trustedName, name: session.peer?.name ?? title };
  return (
    <div className="verify">
      <section ref={card} tabIndex={-1} aria-labelledby="key-changed-title" className="key-changed">
        <div className="key-changed-title">
          <IconAlertTriangleFilled size={30} aria-hidden className="no-shrink" />
          <Text component="h2" id="key-changed-title" fz={20} fw={700} m={0} className="wrap-anywhere">
            <Sentence k="keyChanged.title" names={names} />
          </Text>
        </div>
        <Text className="wrap-anywhere">
          <Sentence k={isByName ? 'keyChanged.byName' : 'keyChanged.byAddress'} names={names} />{' '}
          {t('keyChanged.untouched')}
        </Text>
        <div>
          <Text fw={600}>{t('keyChanged.causesTitle')}</Text>
          <ul>
            <li>{t('keyChanged.causes.reinstalled')}</li>
            <li>{t(isByName ? 'keyChanged.causes.sameName' : 'keyChanged.causes.sameAddress')}</li>
            <li>{t('keyChanged.causes.posing')}</li>
          </ul>
        </div>
        <Text className="wrap-anywhere">
          <Sentence k="keyChanged.ask" names={names} />
        </Text>
        <Countdown untilMs={session.waitsUntilMs} />
        <Group gap="sm" mt={4} justify="space-between" className="key-changed-actions">
          <Button variant="default" onClick={onGoOn}>
            {t('keyChanged.goOn')}
          </Button>
          <Button size="md" color="red.9" onClick={() => model.core.leave(sessionId)}>
            {t('keyChanged.end')}
          </Button>
        </Group>
      </section>
    </div>
  );
}
