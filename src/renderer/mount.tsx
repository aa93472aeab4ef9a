import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles/global.css';
import './styles/shell.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './App';
import type { Core } from './core/types';
import { createI18n } from './i18n/createI18n';
import { localeOf } from './i18n/locale';
import { Appearance } from './shell/Appearance';
import { Refusal } from './shell/Refusal';
import { AppModelContext } from './state/AppModelContext';
import { windowSight } from './state/news/sight';
import { createAppModel } from './state/store';
import { guardDrops } from './ui/fields/guardDrops';

/** Draws the app for a core into an element. */
export function mount(core: Core, element: HTMLElement): void {
  guardDrops();
  const model = createAppModel(core, windowSight);
  const i18n = createI18n(localeOf(core.getSnapshot().settings?.language ?? 'system', navigator.languages));
  createRoot(element).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <AppModelContext value={model}>
          <App />
        </AppModelContext>
      </I18nextProvider>
    </StrictMode>,
  );
}

/** Draws, in place of the app, that this page has no key to its backend. */
export function mountRefusal(element: HTMLElement): void {
  guardDrops();
  createRoot(element).render(
    <I18nextProvider i18n={createI18n(localeOf('system', navigator.languages))}>
      <Appearance language="system" theme="system">
        <Refusal />
      </Appearance>
    </I18nextProvider>,
  );
}
