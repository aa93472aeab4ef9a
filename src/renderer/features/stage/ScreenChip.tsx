import { Button, Popover, Text, UnstyledButton } from '@mantine/core';
import { type RefObject, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useFormat } from '../../i18n/useFormat';
import { pathWords } from '../../i18n/words';
import { useModel } from '../../state/AppModelContext';
import { usePolled } from '../../state/usePolled';
import type { SessionStats, SessionView } from '../../state/views';
import { CheckButton } from '../../ui/CheckButton';

interface ScreenChipProps {
  session: SessionView;
  video: RefObject<HTMLVideoElement | null>;
}

/** Whose screen it is, and how it comes: resolution, rate and delay; pressing it shows the rest. */
export function ScreenChip({ session, video }: ScreenChipProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const { path, title: name } = session;
  const all = useSessionStats(session.sessionId);
  const stats = all?.incoming ?? null;
  const [isOpen, setIsOpen] = useState(false);
  const size = video.current && video.current.videoWidth > 0 ? video.current : null;
  const numbers = [
    size ? `${size.videoWidth} × ${size.videoHeight}` : null,
    stats?.framesPerSecond == null
      ? null
      : t('session.stage.rate', { rate: Math.round(stats.framesPerSecond) }),
    all?.roundTripMs == null ? null : t('session.stage.delay', { ms: Math.round(all.roundTripMs) }),
  ].filter((each) => each !== null);
  const rows = [
    { label: t('session.stage.path'), value: path && pathWords(t, path).exact },
    { label: t('session.stage.codec'), value: stats?.codec ?? null },
    {
      label: t('session.stage.bitrate'),
      value: stats?.bitsPerSecond == null ? null : format.speed(stats.bitsPerSecond / 8),
    },
    {
      label: t('session.stage.lost'),
      value: stats?.lostFraction == null ? null : format.percent(stats.lostFraction),
    },
  ].filter(({ value }) => value !== null);
  return (
    <Popover position="bottom-start" shadow="md" opened={isOpen} onChange={setIsOpen}>
      <Popover.Target>
        <UnstyledButton className="screen-chip" onClick={() => setIsOpen(!isOpen)}>
          <span className="screen-chip-name">
            <Sentence k="session.stage.whose" names={{ name }} />
          </span>
          <span className="screen-chip-numbers">{numbers.join(' · ')}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        {rows.length === 0 ? (
          <Text size="sm">{t('session.stage.noNumbers')}</Text>
        ) : (
          <dl className="screen-stats">
            {rows.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <Button
          {...{ size: 'compact-sm', mt: 8, fullWidth: true, variant: 'light' }}
          onClick={() => {
            setIsOpen(false);
            model.open({ kind: 'stats', sessionId: session.sessionId });
          }}
        >
          {t('stats.open')}
        </Button>
        <CheckButton
          {...{ size: 'compact-sm', mt: 8, fullWidth: true }}
          session={session}
          onOpen={(check) => {
            // It would lie over the dialog.
            setIsOpen(false);
            model.open(check);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function useSessionStats(sessionId: string): SessionStats | null {
  const { core } = useModel();
  return usePolled(useCallback(() => core.sessionStats(sessionId), [core, sessionId]));
}
