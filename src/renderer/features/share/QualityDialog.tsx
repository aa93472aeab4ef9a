import { Button, Group, Input, Modal, SegmentedControl, Select, Slider, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  FRAME_RATES,
  QualityPreset,
  SCREEN_LINES,
  ScreenQuality,
} from '../../../shared/settings/screenQuality';
import { useApp, useModel } from '../../state/AppModelContext';
import { useSettings } from '../../state/selectors';
import { CodecSelect } from './CodecSelect';

/** Rates that the slider names. */
const MARKS = [5, 15, 30, 60].map((value) => ({ value, label: String(value) }));
/** Caps that are offered, in Mbit/s: a phone's network, a weak and a good home line, and a LAN that has others. */
const CAPS = [0.5, 1, 2, 5, 10, 20] as const;

/** How this device sends the screen that it shares; every change counts at once. */
export function QualityDialog({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const quality = useSettings()?.screenQuality;
  if (!quality) return null;
  const change = (part: Partial<ScreenQuality>) =>
    void model.attempt(() =>
      model.core.backend.request('settings:update', { screenQuality: { ...quality, ...part } }),
    );
  return (
    <Modal
      opened
      onClose={() => model.open({ kind: 'none' })}
      title={t('quality.title')}
      size={480}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <Preset preset={quality.preset} onChange={(preset) => change({ preset })} />
        <FrameRate
          key={quality.frameRate}
          value={quality.frameRate}
          onChange={(frameRate) => change({ frameRate })}
        />
        <Group grow align="flex-start">
          <Lines value={quality.lines} onChange={(lines) => change({ lines })} />
          <Cap value={quality.maxMbits} onChange={(maxMbits) => change({ maxMbits })} />
        </Group>
        <CodecSelect sessionId={sessionId} value={quality.codec} onChange={(codec) => change({ codec })} />
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {t('quality.intro')}
          </Text>
          <Button
            variant="default"
            size="compact-sm"
            className="no-shrink"
            onClick={() => change(ScreenQuality.parse({}))}
          >
            {t('quality.reset')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface PartProps<T> {
  value: T;
  onChange: (value: T) => void;
}

function Preset({ preset, onChange }: { preset: QualityPreset; onChange: (preset: QualityPreset) => void }) {
  const { t } = useTranslation();
  const content = useApp((state) => state.core.screenQuality.content);
  const now = content === 'text' ? 'autoText' : 'autoMotion';
  return (
    <div>
      <Input.Label component="div">{t('quality.preset.label')}</Input.Label>
      <SegmentedControl
        fullWidth
        aria-label={t('quality.preset.label')}
        value={preset}
        data={QualityPreset.options.map((value) => ({ value, label: t(`quality.preset.${value}`) }))}
        onChange={(value) => onChange(QualityPreset.parse(value))}
      />
      <Text size="xs" c="dimmed" mt={4} mih="3em">
        {t(`quality.preset.${preset}Help`)} {preset === 'auto' ? t(`quality.preset.${now}`) : null}
      </Text>
    </div>
  );
}

/** It moves with the hand, and counts when that lets go. */
function FrameRate({ value, onChange }: PartProps<number>) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(value);
  return (
    <div>
      <Group justify="space-between">
        <Input.Label component="div">{t('quality.frameRate')}</Input.Label>
        <Text size="sm" className="numbers">
          {draft}
        </Text>
      </Group>
      <Slider
        {...FRAME_RATES}
        mb="lg"
        mx={6}
        marks={MARKS}
        label={null}
        thumbLabel={t('quality.frameRate')}
        value={draft}
        onChange={setDraft}
        onChangeEnd={onChange}
      />
    </div>
  );
}

function Lines({ value, onChange }: PartProps<ScreenQuality['lines']>) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('quality.lines.label')}
      allowDeselect={false}
      value={String(value ?? 'full')}
      data={[
        { value: 'full', label: t('quality.lines.full') },
        ...SCREEN_LINES.map((count) => ({
          value: String(count),
          label: t('quality.lines.lines', { count }),
        })),
      ]}
      onChange={(next) => onChange(SCREEN_LINES.find((each) => String(each) === next) ?? null)}
    />
  );
}

function Cap({ value, onChange }: PartProps<number | null>) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('quality.cap.label')}
      allowDeselect={false}
      value={String(value ?? 'none')}
      data={[
        { value: 'none', label: t('quality.cap.none') },
        ...CAPS.map((count) => ({ value: String(count), label: t('quality.cap.mbits', { count }) })),
      ]}
      onChange={(next) => onChange(CAPS.find((each) => String(each) === next) ?? null)}
    />
  );
}
