import { mount } from '../../../src/renderer/mount';
import { Language, Theme } from '../../../src/shared/settings/settings';
import { FakeCore } from '../fakeCore';
import { exams } from './exams';
import { findings } from './findings';
import { paintedThumbnail } from './paintedThumbnail';
import { scenes } from './scenes';
import { pastTransfers } from './transferScenes';

const query = new URLSearchParams(location.search);
const name = query.get('scene') ?? 'home';
const scene = scenes[name]?.();
const root = document.getElementById('root');
if (!scene || !root) throw new Error(`no scene ${name}; there are ${Object.keys(scenes).join(', ')}`);

const core = new FakeCore(scene.snapshot());
const { settings } = core.getSnapshot();
if (settings) {
  const language = Language.parse(query.get('lang') ?? 'en');
  const theme = Theme.parse(query.get('theme') ?? 'light');
  core.set({ settings: { ...settings, language, theme } });
}
core.entries = Array.from({ length: 2412 }, (_, index) => ({
  kind: index % 200 === 0 ? 'folder' : 'file',
  path: `사진 모음/2026-${String(1 + (index % 12)).padStart(2, '0')}/IMG_${4000 + index}.jpg`,
  sizeBytes: index % 200 === 0 ? 0 : 100_000 + ((index * 7919) % 4_000_000),
}));
if (scene.renamed) core.renamed = scene.renamed;
core.history = pastTransfers;
core.findings = findings[name] ?? findings['home'] ?? [];
for (const [sessionId, exam] of Object.entries(exams[name] ?? {})) core.exams.set(sessionId, exam);
core.sources = [
  { sourceId: 'screen:0', kind: 'screen', name: 'Entire screen', thumbnail: paintedThumbnail('#27456b') },
  { sourceId: 'screen:1', kind: 'screen', name: 'DELL U2720Q', thumbnail: paintedThumbnail('#4a2f5e') },
  { sourceId: 'window:1', kind: 'window', name: '보고서.hwp – 한글', thumbnail: paintedThumbnail('#2f5e4a') },
];
window.fakeCore = core;
mount(core, root);

if (scene.open !== undefined) {
  const { title } = core.getSnapshot().sessions.find((each) => each.sessionId === scene.open) ?? {
    title: '',
  };
  const opening = setInterval(() => {
    for (const tab of document.querySelectorAll<HTMLElement>('nav button')) {
      if (!tab.textContent.includes(title)) continue;
      tab.click();
      clearInterval(opening);
    }
  }, 20);
}
