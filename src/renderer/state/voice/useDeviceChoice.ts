import type { ChosenDevice, VoiceSettings } from '../../../shared/settings/voice';
import { chosenIn } from '../../core/media/user/DeviceList';
import { useModel } from '../AppModelContext';
import { useSettings } from '../selectors';

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

/** Keeps what a person chooses for voice and camera. */
export function useVoiceUpdate(): (change: Partial<VoiceSettings>) => void {
  const model = useModel();
  const settings = useSettings();
  return (change) => {
    if (!settings) return;
    const voice = { ...settings.voice, ...change };
    void model.attempt(() => model.core.backend.request('settings:update', { voice }));
  };
}

/** Which device of a kind is chosen, of those there are, and what chooses another; `null` is what the system uses. */
export function useDeviceChoice(
  kind: DeviceKind,
  devices: readonly ChosenDevice[],
): { chosen: ChosenDevice | null; choose: (device: ChosenDevice | null) => void } {
  const settings = useSettings();
  const update = useVoiceUpdate();
  return {
    chosen: chosenIn(devices, settings?.voice[kind] ?? null),
    choose: (device) => update({ [kind]: device }),
  };
}
