import { z } from 'zod';

/**
 * A microphone, camera or speaker as a browser names it. Its id holds for one address of the page; the label, as people
 * know the device, finds it again where the id is another one.
 */
export const ChosenDevice = z.object({ deviceId: z.string().max(256), label: z.string().max(256) });
export type ChosenDevice = z.infer<typeof ChosenDevice>;

/** What a person has chosen for voice and camera; a missing field takes its default. */
export const VoiceSettings = z.object({
  /** `null` is whatever the system uses. */
  microphone: ChosenDevice.nullable().default(null),
  camera: ChosenDevice.nullable().default(null),
  speaker: ChosenDevice.nullable().default(null),
  /** What the browser does to a voice: on, as calls without headphones howl without it. */
  echoCancellation: z.boolean().default(true),
  noiseSuppression: z.boolean().default(true),
  autoGainControl: z.boolean().default(true),
  /** RNNoise takes the noise out in place of the browser, where `noiseSuppression` is on. */
  rnnoise: z.boolean().default(false),
});
export type VoiceSettings = z.infer<typeof VoiceSettings>;

/** Before anybody has chosen anything. */
export const DEFAULT_VOICE = VoiceSettings.parse({});
