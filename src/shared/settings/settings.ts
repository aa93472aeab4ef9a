import { z } from 'zod';
import { DeviceName } from '../device';
import { MAX_ICE_SERVERS, OwnIceServer } from './iceServers';
import { RELAY_PORT } from '../protocol/relay';
import { RelayUrl } from '../protocol/relayUrl';
import { ScreenQuality } from './screenQuality';
import { DEFAULT_VOICE, VoiceSettings } from './voice';

export const Language = z.enum(['system', 'en', 'ko']);
export type Language = z.infer<typeof Language>;
export const Theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof Theme>;

export const Requests = z.enum(['everyone', 'trusted', 'nobody', 'hidden']);
export type Requests = z.infer<typeof Requests>;

const IceServers = z.array(OwnIceServer).max(MAX_ICE_SERVERS);
/** A TCP port, 0 for any free one. */
const Port = z.int().min(0).max(65_535);
const FolderPath = z.string().min(1).max(4096);
/** Up to a petabyte; beyond it nobody means a limit. */
const AutoAcceptLimitMb = z.int().min(0).max(1e9);
/** An accelerator as Electron writes them: modifiers and a key, such as `Control+Shift+M`. */
const MuteKey = z.string().regex(/^(?:(?:Control|Alt|Shift|Super)\+){1,4}[A-Z0-9]{1,3}$/);
/** From 100 kB/s, at which one block takes ten seconds, up to more than any network carries. */
const SpeedLimitMbs = z.number().min(0.1).max(100_000);

/** What a person can choose, kept in the profile as JSON. A missing field takes its default. */
export const Settings = z.object({
  /** How this device introduces itself; the machine's name at first start. */
  name: DeviceName,
  language: Language.default('system'),
  theme: Theme.default('system'),
  /** Absolute path of the folder that accepted files go to. */
  downloadsDir: FolderPath,
  /**
   * Whose requests reach the person: everybody's, only those of trusted devices, or (`nobody`) none for now. A device
   * that is `hidden` is not announced on the network either, and only trusted devices get an answer.
   */
  requests: Requests.default('everyone'),
  /** Whether this device listens on the network and announces itself; `null` until the person has been asked. */
  nearby: z.boolean().nullable().default(null),
  /** Largest offer that a device with permission to send may put on the disk unasked, in MB of 10⁶ bytes; 0 = any. */
  autoAcceptLimitMb: AutoAcceptLimitMb.default(1000),
  /** Absolute path of the folder that files accepted unasked go to; `null` = the downloads folder. */
  autoAcceptDir: FolderPath.nullable().default(null),
  /** Most that all transfers together may send, in MB/s of 10⁶ bytes; `null` = as fast as it goes. */
  speedLimitMbs: SpeedLimitMbs.nullable().default(null),
  /**
   * Whether requests, files and texts that come while the window is out of sight are told by the system's
   * notifications. In a browser it takes the browser's permission as well, which a person gives by turning this on.
   */
  notifications: z.boolean().default(true),
  /**
   * Whether closing the window hides it, and the app goes on with a tray icon. Means something where the backend says
   * `canKeepRunning`.
   */
  keepRunning: z.boolean().default(false),
  /** The relay at which this device meets others beyond its network; `null` = none, and nothing is asked of the internet. */
  relayUrl: RelayUrl.nullable().default(null),
  /** Whether this device runs a relay for its network, at which its invites lead where no relay is set. */
  embeddedRelay: z.boolean().default(false),
  embeddedRelayPort: Port.default(RELAY_PORT),
  /** Whether trusted devices can find this one at its relay. */
  reachable: z.boolean().default(false),
  /**
   * Whether peers beyond this network never learn this device's address: all that goes to them goes through a TURN server. A peer on
   * the same network has the address already.
   */
  hideAddress: z.boolean().default(false),
  /** STUN and TURN servers that are used in place of the relay's; none of them on a local network. */
  iceServers: IceServers.default([]),
  /** How a screen is sent that this device shares. */
  screenQuality: ScreenQuality.default(() => ScreenQuality.parse({})),
  /** Whether a screen is shared with the sound of this computer, or of what the browser captures, where that can be had. */
  screenSound: z.boolean().default(false),
  /** Whether Hither's own window is left out of a shared screen. Means something with `canHideWindow`. */
  hideOwnWindow: z.boolean().default(true),
  voice: VoiceSettings.default(DEFAULT_VOICE),
  /** Keys that mute in front of every program while a microphone is on; `null` = none. Means something with `hasMuteKey`. */
  muteKey: MuteKey.nullable().default(null),
});
export type Settings = z.infer<typeof Settings>;

/** A change of some settings. */
export const SettingsPatch = z
  .object({
    name: DeviceName,
    language: Language,
    theme: Theme,
    downloadsDir: FolderPath,
    nearby: z.boolean(),
    requests: Requests,
    autoAcceptLimitMb: AutoAcceptLimitMb,
    autoAcceptDir: FolderPath.nullable(),
    speedLimitMbs: SpeedLimitMbs.nullable(),
    notifications: z.boolean(),
    keepRunning: z.boolean(),
    relayUrl: RelayUrl.nullable(),
    embeddedRelay: z.boolean(),
    embeddedRelayPort: Port,
    reachable: z.boolean(),
    hideAddress: z.boolean(),
    iceServers: IceServers,
    screenQuality: ScreenQuality,
    screenSound: z.boolean(),
    hideOwnWindow: z.boolean(),
    voice: VoiceSettings,
    muteKey: MuteKey.nullable(),
  })
  .partial()
  .strict();
export type SettingsPatch = z.infer<typeof SettingsPatch>;
