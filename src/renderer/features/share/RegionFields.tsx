import { Group, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { withSide } from '../../state/regions';
import type { Region } from '../../state/views';

interface RegionFieldsProps {
  picture: { width: number; height: number };
  region: Region;
  onChange: (region: Region) => void;
}

const SIDES = ['x', 'y', 'width', 'height'] as const;

/** The chosen part in pixels, to be typed. A typed number counts once its field is left, moved to what the picture has. */
export function RegionFields({ picture, region, onChange }: RegionFieldsProps) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap" role="group" aria-label={t('share.part.pixels')}>
      {SIDES.map((side) => (
        <NumberInput
          // Another region shows in fields that somebody has typed into, too.
          key={`${side} ${region[side]}`}
          label={t(`share.part.${side}`)}
          size="xs"
          w={84}
          step={2}
          min={0}
          max={side === 'x' || side === 'width' ? picture.width : picture.height}
          clampBehavior="blur"
          allowDecimal={false}
          defaultValue={region[side]}
          onBlur={({ currentTarget: { value } }) => {
            const number = Number(value);
            if (value !== '' && Number.isFinite(number)) onChange(withSide(region, side, number, picture));
          }}
        />
      ))}
    </Group>
  );
}
