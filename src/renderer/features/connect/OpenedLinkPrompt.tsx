import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpenedLink } from '../../../shared/contract/app';
import { useModel } from '../../state/AppModelContext';
import { Prompt } from '../../ui/prompt/Prompt';
import { OpenedLinkTarget } from './OpenedLinkTarget';

/** A link of Hither's own was opened outside of it: whether to go where it leads, or why it leads nowhere. */
export function OpenedLinkPrompt({ link: { linkId, content } }: { link: OpenedLink }) {
  const { t } = useTranslation();
  const model = useModel();
  const forget = () => void model.attempt(() => model.core.backend.request('app:forgetLink', { linkId }));
  if (content.kind === 'problem') {
    const words = content.code === 'bad-invite' ? 'invites.opened.bad' : 'errors.invite-expired';
    return (
      <Prompt
        title={t(`${words}.title`)}
        quietHint={t('app.jumpToRequest')}
        closeLabel={t('app.close')}
        onLater={forget}
        actions={<Button onClick={forget}>{t('app.close')}</Button>}
      >
        <Text>{t(`${words}.help`)}</Text>
      </Prompt>
    );
  }
  const join = () => {
    forget();
    // Home's field says how it goes, and can take it back.
    model.show({ kind: 'home' });
    model.comeBy(content.invite);
  };
  return (
    <Prompt
      title={t('invites.opened.title')}
      quietHint={t('app.jumpToRequest')}
      closeLabel={t('app.later')}
      onLater={() => model.putOff(linkId)}
      actions={
        <>
          <Button variant="default" onClick={forget}>
            {t('invites.opened.notNow')}
          </Button>
          <Button onClick={join}>{t('invites.opened.join')}</Button>
        </>
      }
    >
      <OpenedLinkTarget relayUrl={content.relayUrl} />
    </Prompt>
  );
}
