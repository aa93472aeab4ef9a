import { Button } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextView } from '../../state/views';
import { TextItem } from './TextItem';

/** Texts drawn at first: a peer can send hundreds, each as costly to draw as it likes. */
const SHOWN = 30;

/** What the two people have sent each other, newest at the bottom and in sight. */
export function TextList({ texts, peerName }: { texts: readonly TextView[]; peerName: string }) {
  const { t } = useTranslation();
  const [shownCount, setShownCount] = useState(SHOWN);
  const scroller = useRef<HTMLDivElement>(null);
  const newest = texts.at(-1)?.textId;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [newest]);
  return (
    <div ref={scroller} className="text-list" tabIndex={0} role="region" aria-label={t('texts.list')}>
      {texts.length > shownCount ? (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={() => setShownCount(shownCount + SHOWN)}
        >
          {t('texts.earlier')}
        </Button>
      ) : null}
      <ol>
        {texts.slice(-shownCount).map((text) => (
          <TextItem key={text.textId} text={text} peerName={peerName} />
        ))}
      </ol>
    </div>
  );
}
