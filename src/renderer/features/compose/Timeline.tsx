import { Button, Text } from '@mantine/core';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useTransfersWith } from '../../state/selectors';
import type { SessionView, TextView } from '../../state/views';
import { TextItem } from './TextItem';

/** What is drawn at first: a peer can send hundreds of texts, each as costly to draw as it likes. */
const SHOWN = 30;

interface TimelineProps {
  session: SessionView;
  transferRow: (transferId: string) => ReactNode;
}

/** What the two people have said and sent each other, newest at the bottom and in sight. */
export function Timeline({ session, transferRow }: TimelineProps) {
  const { t } = useTranslation();
  const [shownCount, setShownCount] = useState(SHOWN);
  const items = useTimeline(session);
  const { scroller, list } = useNewestInSight(items.at(-1)?.id);
  return (
    <div ref={scroller} className="timeline" tabIndex={0} role="region" aria-label={t('texts.list')}>
      {items.length === 0 ? (
        <Text size="sm" c="dimmed" ta="center" m="auto" className="wrap-anywhere">
          <Sentence k="texts.empty" names={{ name: session.title }} />
        </Text>
      ) : null}
      {items.length > shownCount ? (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className="no-shrink"
          onClick={() => setShownCount(shownCount + SHOWN)}
        >
          {t('texts.earlier')}
        </Button>
      ) : null}
      <ol ref={list}>
        {items.slice(-shownCount).map(({ id, text }) =>
          text ? (
            <TextItem key={id} text={text} peerName={session.title} />
          ) : (
            <li key={id} className="timeline-transfer">
              {transferRow(id)}
            </li>
          ),
        )}
      </ol>
    </div>
  );
}

/** How far from its end, in px, a list still counts as being there. */
const NEAR_PX = 24;

/** Stays at the end with each new item and while what is there grows; whoever has scrolled back stays there. */
function useNewestInSight(newest: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    const [box, content] = [scroller.current, list.current];
    if (!box || !content) return undefined;
    const toEnd = () => void (box.scrollTop = box.scrollHeight);
    const onScroll = () => {
      isAtEnd.current = box.scrollHeight - box.clientHeight - box.scrollTop < NEAR_PX;
    };
    if (isAtEnd.current) toEnd();
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) toEnd();
    });
    observer.observe(content);
    box.addEventListener('scroll', onScroll);
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, [newest]);
  return { scroller, list };
}

/** Texts and transfers by the time at which they began. */
function useTimeline(session: SessionView): readonly { id: string; atMs: number; text?: TextView }[] {
  const transfers = useTransfersWith(session).map(({ transferId, atMs }) => ({ id: transferId, atMs }));
  const texts = session.texts.map((text) => ({ id: text.textId, atMs: text.atMs, text }));
  return [...texts, ...transfers].sort((a, b) => a.atMs - b.atMs);
}
