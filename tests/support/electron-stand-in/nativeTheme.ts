import type { NativeTheme } from 'electron';
import type { Session } from './DevTools';
import { named } from './named';

type ThemeSource = NativeTheme['themeSource'];

const sessions = new Set<Session>();
let source: ThemeSource = 'system';

async function tell(session: Session): Promise<void> {
  const value = source === 'system' ? '' : source;
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}

/** Makes a page's `prefers-color-scheme` follow the app's theme, now and later. */
export async function applyTheme(session: Session): Promise<void> {
  sessions.add(session);
  await tell(session);
}

/** Electron's `nativeTheme`; the system itself is light. */
export const nativeTheme = named('nativeTheme', {
  get themeSource(): ThemeSource {
    return source;
  },
  set themeSource(value: ThemeSource) {
    source = value;
    // A page that is gone needs no theme.
    for (const session of sessions) tell(session).catch(() => sessions.delete(session));
  },
  get shouldUseDarkColors(): boolean {
    return source === 'dark';
  },
} satisfies Partial<NativeTheme>);
