import { Select } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ScreenCodec } from '../../../shared/settings/screenQuality';
import { useModel } from '../../state/AppModelContext';
import { usePolled } from '../../state/usePolled';

interface CodecSelectProps {
  sessionId: string;
  /** `null` for the best there is. */
  value: ScreenCodec | null;
  onChange: (codec: ScreenCodec | null) => void;
}

/** The codecs that both sides of a session can do, and which is in use. */
export function CodecSelect({ sessionId, value, onChange }: CodecSelectProps) {
  const { t } = useTranslation();
  const { core } = useModel();
  const stats = usePolled(useCallback(() => core.sessionStats(sessionId), [core, sessionId]));
  const agreed = ScreenCodec.options.filter((codec) => stats?.agreedCodecs.includes(codec));
  const isMissing = value !== null && !agreed.includes(value);
  const out = stats?.outgoing;
  const now = out?.isHardware === true ? 'quality.codec.nowHardware' : 'quality.codec.now';
  return (
    <Select
      label={t('quality.codec.label')}
      description={out?.codec == null ? t('quality.codec.help') : t(now, { codec: out.codec })}
      allowDeselect={false}
      value={value ?? 'auto'}
      data={[
        { value: 'auto', label: t('quality.codec.auto') },
        ...agreed.map((codec) => ({ value: codec, label: codec })),
        ...(isMissing ? [{ value, label: t('quality.codec.missing', { codec: value }) }] : []),
      ]}
      onChange={(next) => onChange(ScreenCodec.options.find((codec) => codec === next) ?? null)}
    />
  );
}
