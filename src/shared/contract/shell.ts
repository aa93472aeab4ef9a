import { z } from 'zod';
import { folderPath, none, sessionRef } from './common';

/** What this backend can do for its page; the page asks for these and never for the runtime. */
export const Capabilities = z.object({
  /** Word for the about line and reports only. */
  runtime: z.enum(['electron', 'headless']),
  /** The app shows its own source picker (`capture:*`); otherwise the browser's is used. */
  hasSourcePicker: z.boolean(),
  /** The desktop app captures the sound of the computer with a screen where `screenSound` is set; otherwise the browser's dialog offers some, or none. */
  canShareSound: z.boolean(),
  /** `folders:choose` opens a native dialog; otherwise a path is typed. */
  canChooseFolder: z.boolean(),
  /** `transfers:reveal` can open the file manager. */
  canReveal: z.boolean(),
  /** `shell:notify` reaches the person; otherwise the browser's own notifications are used. */
  canNotify: z.boolean(),
  /** `shell:openLink` opens links; otherwise the page is in a browser that can. */
  canOpenLinks: z.boolean(),
  /** The app's window can be left out of a shared screen: a setting, `hideOwnWindow`. */
  canHideWindow: z.boolean(),
  /** Whether closing the window ends the app is a setting, `keepRunning`. */
  canKeepRunning: z.boolean(),
  /** `muteKey` of the settings works in front of every program. */
  hasMuteKey: z.boolean(),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** How a page's microphone stands, as the system around it shows it. */
export const MicrophoneState = z.enum(['off', 'muted', 'on']);
export type MicrophoneState = z.infer<typeof MicrophoneState>;

/** A screen or window that can be shared. `thumbnail` is a PNG data URL; the page shows it through `<img>`. */
export const CaptureSource = z.object({
  sourceId: z.string(),
  kind: z.enum(['screen', 'window']),
  name: z.string(),
  thumbnail: z.string(),
});
export type CaptureSource = z.infer<typeof CaptureSource>;

export const shellRequests = {
  /** Opens the native folder dialog; `null` when the person cancels it. */
  'folders:choose': { args: none, result: z.object({ dir: folderPath.nullable() }) },
  /** Whether files can be written there: resolves, or fails with `folder-missing` or `folder-read-only`. */
  'folders:check': { args: z.object({ dir: folderPath }), result: z.object({ freeBytes: z.number() }) },

  /** A notification of the system, shown where the window is out of sight. */
  'shell:notify': { args: z.object({ title: z.string().max(200), body: z.string().max(400) }), result: none },
  /** Asks the person whether to open an address that came from a peer in the browser; fails with `bad-address`. */
  'shell:openLink': { args: z.object({ url: z.string().min(1).max(2048) }), result: none },

  /** Whether this page captures a screen or a window now, so that the window can be left out of it; means nothing where it can't. */
  'shell:screen': { args: z.object({ isShared: z.boolean() }), result: none },
  /** What this page's microphone does now, for the tray and the mute key; means nothing where there are none. */
  'shell:microphone': { args: z.object({ state: MicrophoneState }), result: none },

  'capture:sources': { args: none, result: z.object({ sources: z.array(CaptureSource) }) },
  /** The next `getDisplayMedia` of this page within 10 s gets this source. */
  'capture:choose': { args: z.object({ sourceId: z.string().min(1).max(256) }), result: none },
  /**
   * Dispatches `hither:activated` on the page's window, as a gesture under which it may capture: for a session whose peer
   * may see this screen unasked. Fails with `not-allowed` for any other, and where the shell can't.
   */
  'capture:activate': { args: sessionRef, result: none },
} as const;

export const shellEvents = {
  /** The desktop app's window has been closed and the app goes on. */
  'app:hidden': none,
  /** The person wants to be muted, or heard again: by the mute key, or in the tray. */
  'voice:toggleMute': none,
  /** The keys that were set for it are another program's, or the system's. */
  'voice:muteKeyTaken': none,
} as const;
