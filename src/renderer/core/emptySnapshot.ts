import { NO_DEVICES } from './media/user/DeviceList';
import type { CoreSnapshot } from './types';

/** What the page has to draw before its backend has answered. */
export const EMPTY_SNAPSHOT: CoreSnapshot = {
  app: null,
  settings: null,
  nearby: null,
  notices: [],
  sessions: [],
  captures: [],
  screenQuality: { content: 'text', isStill: false, skippedCodecs: 0 },
  devices: NO_DEVICES,
  transfers: [],
  recordings: { own: null, theirs: [], ended: null, askable: [] },
  trusted: [],
  invites: [],
  openedLink: null,
  away: { reachable: [], trouble: null },
  embeddedRelay: { phase: 'unavailable' },
  connection: 'starting',
  aside: null,
};
