import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import { OpenedLinkTarget } from '../../../../src/renderer/features/connect/OpenedLinkTarget';
import { EmbeddedRelay } from '../../../../src/renderer/features/settings/EmbeddedRelay';
import { createI18n } from '../../../../src/renderer/i18n/createI18n';
import { en } from '../../../../src/renderer/i18n/en';
import { ko } from '../../../../src/renderer/i18n/ko';
import { AppModelContext } from '../../../../src/renderer/state/AppModelContext';
import { createAppModel } from '../../../../src/renderer/state/store';
import { FakeCore } from '../../../support/fakeCore';
import { appState } from '../../../support/harness/samples';
import { snapshotOf } from '../../../support/snapshotOf';

const core = new FakeCore(snapshotOf(appState()));

/** What is drawn at first, without a browser. */
function drawn(node: ReactNode, language: 'en' | 'ko' = 'en'): string {
  const model = createAppModel(core, {
    isVisible: () => true,
    isWide: () => true,
    onChange: () => () => undefined,
  });
  return renderToStaticMarkup(
    <I18nextProvider i18n={createI18n(language)}>
      <AppModelContext value={model}>
        <MantineProvider env="test">{node}</MantineProvider>
      </AppModelContext>
    </I18nextProvider>,
  );
}

describe('the question of an opened link', () => {
  const asked = (relayUrl: string): string => drawn(<OpenedLinkTarget relayUrl={relayUrl} />);

  it('warns of a relay without TLS, as where one is entered', () => {
    expect(asked('http://192.168.0.12:47180')).toContain(en.settings.beyond.plain);
    expect(asked('https://relay.example.org')).toContain('relay.example.org');
    expect(asked('https://relay.example.org')).not.toContain(en.settings.beyond.plain);
  });
});

describe('a relay in the app', () => {
  it.each(['starting', 'stopping'] as const)('has a word while it is %s', (phase) => {
    const { settings } = core.getSnapshot();
    core.set({ embeddedRelay: { phase } });
    const node = (
      <EmbeddedRelay settings={{ ...settings!, embeddedRelay: true }} onChange={() => undefined} />
    );
    expect(drawn(node)).toContain(en.settings.embeddedRelay[phase]);
    expect(drawn(node, 'ko')).toContain(ko.settings.embeddedRelay[phase]);
  });

  it('takes any port for none that is wrong, before one was given', () => {
    const { settings } = core.getSnapshot();
    core.set({ embeddedRelay: { phase: 'starting' } });
    const wanted = { ...settings!, embeddedRelay: true, embeddedRelayPort: 0 };
    expect(drawn(<EmbeddedRelay settings={wanted} onChange={() => undefined} />)).not.toContain(
      en.settings.embeddedRelay.badPort,
    );
  });
});
