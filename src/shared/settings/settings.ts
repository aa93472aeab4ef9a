import { z } from 'zod';
import { DeviceName } from '../device';

export const Language = z.enum(['system', 'en', 'ko']);
export type Language = z.infer<typeof Language>;
export const Theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof Theme>;

/** What a person can choose, kept in the profile as JSON. A missing field takes its default. */
export const Settings = z.object({
  /** How this device introduces itself; the machine's name at first start. */
  name: DeviceName,
  language: Language.default('system'),
  theme: Theme.default('system'),
  /** Absolute path of the folder that accepted files go to. */
  downloadsDir: z.string().min(1).max(4096),
  /** Whether this device listens on the network and announces itself; `null` until the person has been asked. */
  nearby: z.boolean().nullable().default(null),
});
export type Settings = z.infer<typeof Settings>;

/** A change of some settings. */
export const SettingsPatch = z
  .object({
    name: DeviceName,
    language: Language,
    theme: Theme,
    downloadsDir: z.string().min(1).max(4096),
    nearby: z.boolean(),
  })
  .partial()
  .strict();
export type SettingsPatch = z.infer<typeof SettingsPatch>;
