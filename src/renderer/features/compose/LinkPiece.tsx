import { Button, Popover, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useApp, useModel } from '../../state/AppModelContext';

/**
 * A web address in a text. It is opened in the browser alone, never in this window, and not before the person has seen
 * where it leads: the address in full, with its host as the network knows it.
 */
export function LinkPiece({ url, peerName }: { url: string; peerName: string | null }) {
  const { t } = useTranslation();
  const model = useModel();
  const canOpenLinks = useApp((state) => state.core.app?.capabilities.canOpenLinks ?? false);
  const [isAsking, setIsAsking] = useState(false);
  const { href } = new URL(url);
  if (canOpenLinks) {
    return (
      <UnstyledButton
        className="text-link"
        aria-label={t('texts.openLink', { address: url })}
        onClick={() => void model.attempt(() => model.core.backend.request('shell:openLink', { url: href }))}
      >
        {url}
      </UnstyledButton>
    );
  }
  return (
    <Popover opened={isAsking} onChange={setIsAsking} trapFocus returnFocus withArrow shadow="md" width={320}>
      <Popover.Target>
        <UnstyledButton
          className="text-link"
          aria-label={t('texts.openLink', { address: url })}
          onClick={() => setIsAsking(!isAsking)}
        >
          {url}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className="link-question" aria-label={t('texts.openTitle')}>
        <Text size="sm" fw={600}>
          {t('texts.openTitle')}
        </Text>
        <code className="link-question-address">{href}</code>
        {peerName === null ? null : (
          <Text size="xs" c="dimmed" mb="xs">
            <Sentence k="texts.openHelp" names={{ name: peerName }} />
          </Text>
        )}
        <Button
          component="a"
          size="compact-sm"
          href={href}
          target="_blank"
          rel="noopener noreferrer"
          referrerPolicy="no-referrer"
          onClick={() => setIsAsking(false)}
        >
          {t('texts.open')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
