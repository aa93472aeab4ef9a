import type { AppState } from '../../shared/contract/app';
import type { ClientBackend } from './ClientBackend';
import type { CoreSnapshot } from './types';

/** Follows what the page shows as the backend has it, each part of it whole. */
export function mirror(
  backend: Pick<ClientBackend, 'on'>,
  update: (change: Partial<CoreSnapshot>) => void,
): void {
  backend.on('app:notices', ({ notices }) => update({ notices }));
  backend.on('app:openedLink', ({ openedLink }) => update({ openedLink }));
  backend.on('settings:changed', (settings) => update({ settings }));
  backend.on('nearby:changed', (nearby) => update({ nearby }));
  backend.on('recordings:changed', (recordings) => update({ recordings }));
  backend.on('trust:changed', ({ trusted }) => update({ trusted }));
  backend.on('away:changed', (away) => update({ away }));
  backend.on('embeddedRelay:changed', (embeddedRelay) => update({ embeddedRelay }));
  backend.on('invites:changed', ({ invites }) => update({ invites }));
}

/** The same of what the backend tells a page that attaches. */
export function knownFrom(app: AppState): Partial<CoreSnapshot> {
  const { settings, nearby, notices, trusted, invites, away, openedLink, embeddedRelay, recordings } = app;
  const devices = { nearby, trusted, invites, away, embeddedRelay };
  return { app, settings, notices, openedLink, recordings, ...devices };
}
