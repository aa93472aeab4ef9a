import type { Settings } from '../../shared/settings/settings';
import { useModel } from './AppModelContext';

/**
 * Whether others can find this device: it listens, and is not hidden from all but trusted devices. Becoming visible ends
 * the hiding, or the switch would do nothing.
 */
export function useVisibility(settings: Settings): {
  visibility: 'visible' | 'hidden' | 'off';
  setVisible: (isVisible: boolean) => void;
} {
  const model = useModel();
  const isHidden = settings.requests === 'hidden';
  const ifOn = isHidden ? 'hidden' : 'visible';
  return {
    visibility: settings.nearby === true ? ifOn : 'off',
    setVisible: (isVisible) =>
      void model.attempt(() =>
        model.core.backend.request('settings:update', {
          nearby: isVisible,
          ...(isVisible && isHidden ? { requests: 'everyone' } : {}),
        }),
      ),
  };
}
