import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { pathWords } from '../../i18n/words';
import { useModel } from '../../state/AppModelContext';
import { useSession } from '../../state/selectors';
import { exportedStats } from '../../state/exportedStats';
import { statsVerdict, type SessionStats } from '../../state/views';
import { StreamSection } from './StreamSection';
import { Figure } from './Figure';
import { saveJson } from './saveJson';
import { useStatsHistory } from './useStatsHistory';
import { VerdictLine } from './VerdictLine';
import './Stats.css';

/** How the screens of a session do: one line in words, and the figures it comes from. */
export function StatsDialog({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const session = useSession(sessionId);
  const history = useStatsHistory(sessionId);
  const now = history.at(-1) ?? null;
  const hasScreen = now !== null && (now.outgoing !== null || now.incoming !== null);
  return (
    <Modal
      opened
      onClose={() => model.open({ kind: 'none' })}
      title={t('stats.title')}
      size={640}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <VerdictLine verdict={statsVerdict(now)} />
        {hasScreen ? null : <Text c="dimmed">{t('stats.none')}</Text>}
        {now && session ? <LinkFigures stats={now} path={session.path} /> : null}
        {now?.outgoing ? <StreamSection history={history} direction="outgoing" name="" /> : null}
        {now?.incoming ? (
          <StreamSection history={history} direction="incoming" name={session?.title ?? ''} />
        ) : null}
        {hasScreen ? (
          <Text size="xs" c="dimmed">
            {t('stats.delayHelp')}
          </Text>
        ) : null}
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {t('stats.exportHelp')}
          </Text>
          <Button
            variant="default"
            className="no-shrink"
            leftSection={<IconDownload size={16} />}
            disabled={history.length === 0}
            onClick={() => saveJson('hither-statistics.json', exportedStats(history))}
          >
            {t('stats.export')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function LinkFigures({ stats, path }: { stats: SessionStats; path: Parameters<typeof pathWords>[1] | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { roundTripMs, availableBitsPerSecond, outgoing } = stats;
  return (
    <dl className="stats-figures">
      <Figure label={t('stats.path')} value={path && pathWords(t, path).exact} />
      <Figure
        label={t('stats.roundTrip')}
        value={roundTripMs === null ? null : format.milliseconds(roundTripMs)}
      />
      <Figure
        label={t('stats.available')}
        value={
          outgoing === null || availableBitsPerSecond === null ? null : format.bitrate(availableBitsPerSecond)
        }
      />
    </dl>
  );
}
