import { Button, Group, Loader, Modal, Tabs, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaptureSource } from '../../../shared/contract/shell';
import { failureOf } from '../../../shared/errors';
import { useModel } from '../../state/AppModelContext';
import { useChooseRegion } from './useChooseShare';
import { useSoundWay } from '../../state/sound/useScreenSound';
import { SoundSwitch } from './SoundSwitch';
import { SourceGrid } from './SourceGrid';

/** How often the pictures are taken anew, in ms: live enough to find a window by, cheap enough to leave open. */
const REFRESH_MS = 2000;

interface SourcePickerProps {
  sessionId: string | null;
  /** A part of what is chosen is chosen next. */
  isForRegion?: boolean | undefined;
}

/** Lists screens and windows with a picture of each; choosing one shares it, in place of what is shared without a session. */
export function SourcePicker({ sessionId, isForRegion = false }: SourcePickerProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const sources = useCaptureSources();
  const close = () => model.open({ kind: 'none' });
  const chooseRegion = useChooseRegion(sessionId);
  const share = (sourceId: string) => {
    close();
    if (isForRegion) chooseRegion(sourceId);
    else
      void model.attempt(() =>
        sessionId === null
          ? model.core.screen.replace(sourceId)
          : model.core.screen.share(sessionId, sourceId),
      );
  };
  const grid = (kind: CaptureSource['kind']) => (
    <SourceGrid
      sources={sources?.filter((source) => source.kind === kind) ?? []}
      label={t(kind === 'screen' ? 'share.picker.screens' : 'share.picker.windows')}
      emptyWords={t(kind === 'screen' ? 'share.picker.noScreens' : 'share.picker.noWindows')}
      chosenId={chosenId}
      onChoose={setChosenId}
      onShare={share}
    />
  );
  const hasSound = useSoundWay() === 'computer';
  const isThere = sources?.some((source) => source.sourceId === chosenId) ?? false;
  return (
    <Modal
      opened
      onClose={close}
      title={t(sessionId === null ? 'share.picker.changeTitle' : 'share.picker.title')}
      size={760}
      centered
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {sources ? (
        <Tabs defaultValue="screen">
          <Tabs.List mb="md">
            <Tabs.Tab value="screen">{t('share.picker.screens')}</Tabs.Tab>
            <Tabs.Tab value="window">{t('share.picker.windows')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="screen">{grid('screen')}</Tabs.Panel>
          <Tabs.Panel value="window">{grid('window')}</Tabs.Panel>
        </Tabs>
      ) : (
        <Group justify="center" mih={260} role="status">
          <Loader size="sm" aria-hidden />
          <Text c="dimmed">{t('share.picker.loading')}</Text>
        </Group>
      )}
      {hasSound ? <SoundSwitch /> : null}
      <Group justify="space-between" pt="md" wrap="nowrap" className="picker-foot">
        <Text size="xs" c="dimmed">
          {t('share.picker.hint')}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" onClick={close}>
            {t('app.cancel')}
          </Button>
          <Button disabled={!isThere} onClick={() => chosenId !== null && share(chosenId)}>
            {t(isForRegion ? 'share.part.next' : 'share.picker.share')}
          </Button>
        </Group>
      </Group>
    </Modal>
  );
}

/** The sources, asked for again once the last answer is in and the pause is over; `null` before the first. */
function useCaptureSources(): CaptureSource[] | null {
  const model = useModel();
  const [sources, setSources] = useState<CaptureSource[] | null>(null);
  useEffect(() => {
    let isOpen = true;
    let timer: number | undefined;
    const ask = async () => {
      try {
        const answer = await model.core.backend.request('capture:sources', {});
        if (isOpen) setSources(answer.sources);
      } catch (error) {
        if (!isOpen) return;
        model.report(failureOf(error));
        model.open({ kind: 'none' });
        return;
      }
      timer = window.setTimeout(() => void ask(), REFRESH_MS);
    };
    void ask();
    return () => {
      isOpen = false;
      window.clearTimeout(timer);
    };
  }, [model]);
  return sources;
}
