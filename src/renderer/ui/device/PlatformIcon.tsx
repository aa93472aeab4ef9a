import {
  IconBrandApple,
  IconBrandWindows,
  IconDeviceDesktop,
  IconTerminal2,
  type IconProps,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

type PlatformName = 'linux' | 'macos' | 'windows' | 'other';

const icons: Record<PlatformName, ComponentType<IconProps>> = {
  linux: IconTerminal2,
  macos: IconBrandApple,
  windows: IconBrandWindows,
  other: IconDeviceDesktop,
};

/** The sign of an operating system; the words beside it say the same. */
export function PlatformIcon({ platform, ...others }: IconProps & { platform: PlatformName }) {
  const Icon = icons[platform];
  return <Icon aria-hidden stroke={1.6} {...others} />;
}
