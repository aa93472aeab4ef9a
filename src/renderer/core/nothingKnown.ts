import type { CoreSnapshot } from './types';

/** What a page shows before its backend has answered. */
export const NOTHING_KNOWN: CoreSnapshot = {
  app: null,
  settings: null,
  nearby: null,
  notices: [],
  sessions: [],
  captures: [],
  screenQuality: { content: 'text', isStill: false, skippedCodecs: 0 },
  transfers: [],
  trusted: [],
  ...{ invites: [], openedLink: null, away: [], embeddedRelay: { phase: 'unavailable' } },
  connection: 'starting',
  aside: null,
};
