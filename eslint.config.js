import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const resolver = createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] });

/**
 * Zones: which folders of `src` a folder may import from, itself always among them. ARCHITECTURE.md has the same table
 * in words. Every row that covers a file holds.
 */
const allowed = {
  shared: ['shared'],
  backend: ['backend', 'shared'],
  'main/node': ['main/node', 'backend', 'relay', 'shared'],
  'main/electron': [
    ...['main/electron', 'main/node', 'main/web', 'backend', 'shared'],
    ...['main/commandLine.ts', 'main/startFailureText.ts', 'main/askedRelay.ts'],
    ...['main/handOverLink.ts', 'main/OpenedLinkInbox.ts'],
  ],
  'main/web': ['main/web', 'main/node', 'backend', 'shared'],
  main: ['main', 'backend', 'relay', 'shared', 'renderer/i18n'],
  preload: ['preload', 'shared'],
  relay: ['relay', 'shared'],
  'renderer/core': ['renderer/core', 'shared'],
  'renderer/backend': ['renderer/backend', 'renderer/core', 'shared'],
  'renderer/state': ['renderer/state', 'renderer/backend', 'renderer/core', 'renderer/i18n', 'shared'],
  'renderer/ui': ['renderer/ui', 'renderer/i18n', 'shared'],
  'renderer/features': ['renderer/features', 'renderer/state', 'renderer/ui', 'renderer/i18n', 'shared'],
  'renderer/shell': [
    'renderer/shell',
    'renderer/features',
    'renderer/state',
    'renderer/ui',
    'renderer/i18n',
    'shared',
  ],
  renderer: ['renderer', 'shared'],
  // Services: what two of them need is a port, or moves down.
  'backend/trust': ['backend/trust', 'backend/ports.ts', 'shared'],
  'backend/settings': ['backend/settings', 'backend/ports.ts', 'shared'],
  'backend/pages': ['backend/pages', 'backend/ports.ts', 'shared'],
  'backend/doctor': ['backend/doctor', 'backend/ports.ts', 'shared'],
  'backend/embeddedRelay': ['backend/embeddedRelay', 'backend/ports.ts', 'shared'],
  'backend/messages': ['backend/messages', 'backend/ports.ts', 'shared'],
  'backend/recordings': ['backend/recordings', 'backend/ports.ts', 'shared'],
  'backend/relay': ['backend/relay', 'backend/ports.ts', 'shared'],
  'backend/sessions': ['backend/sessions', 'backend/relay', 'backend/trust', 'backend/ports.ts', 'shared'],
  'backend/rendezvous': ['backend/rendezvous', 'backend/sessions', 'backend/ports.ts', 'shared'],
  'backend/invites': ['backend/invites', 'backend/sessions', 'backend/relay', 'backend/ports.ts', 'shared'],
  'backend/transfers': ['backend/transfers', 'backend/ports.ts', 'shared'],
  'main/node/doctor': [
    ...['main/node/doctor', 'main/node/discovery', 'main/node/net', 'backend', 'shared'],
    ...['relay/doctor', 'relay/turn', 'relay/settings'],
  ],
  'main/node/relay': ['main/node/relay', 'main/node/net', 'backend', 'relay', 'shared'],
  'main/node/net': ['main/node/net', 'backend', 'shared'],
  'main/node/storage': ['main/node/storage', 'backend', 'shared'],
  'main/node/files': ['main/node/files', 'backend', 'shared'],
  'main/node/discovery': ['main/node/discovery', 'main/node/net', 'backend', 'shared'],
  'main/node/lanes': ['main/node/lanes', 'main/node/net', 'backend', 'shared'],
};
const zones = Object.entries(allowed).map(([target, folders]) => ({
  target: `src/${target}`,
  from: 'src',
  except: folders.map((folder) => `./${folder}`),
}));

/** A relay in the app has one way in, which loads its code when it is turned on. */
const relayZone = { target: 'src/main/{,node/}*.ts', from: 'src/relay' };

const features = [
  'home',
  'nearby',
  'recording',
  'connect',
  'doctor',
  'invite',
  'stage',
  'share',
  'transfers',
  'compose',
  'session',
  'settings',
  'voice',
  'welcome',
];
const featureZones = features.map((name) => ({
  target: `src/renderer/features/${name}`,
  from: 'src/renderer/features',
  except: [`./${name}`],
}));

const noElectron = {
  name: 'electron',
  message: 'Electron stays in main/electron, main/index.ts and the preload.',
};
const noSimplePeer = { name: 'simple-peer', message: 'Only core/peer talks to simple-peer.' };
const noReact = {
  group: ['react', 'react-dom', 'react/*', '@mantine/*', 'react-i18next'],
  message: 'Core has no face.',
};
const isPort = { message: 'Backends ask their host for this: backend/ports.ts.' };
const timeAndChance = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'crypto'];
const noNode = { group: ['node:*'], message: 'This folder runs where Node is not.' };

const restrict = (files, paths, patterns = [], extra = {}) => ({
  files,
  ...extra,
  rules: { 'no-restricted-imports': ['error', { paths, patterns }] },
});

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    settings: { 'import-x/resolver-next': [resolver] },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'import-x/no-restricted-paths': [
        'error',
        { basePath: import.meta.dirname, zones: [...zones, ...featureZones, relayZone] },
      ],
      'import-x/no-cycle': 'error',
      'no-console': 'error',
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
    },
  },
  restrict(['src/{shared,backend}/**'], [noElectron, noSimplePeer], [noReact, noNode]),
  {
    // Time and chance, which types/runtime.d.ts and the language would let in.
    files: ['src/backend/**'],
    rules: {
      'no-restricted-globals': ['error', ...timeAndChance.map((name) => ({ name, ...isPort }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', ...isPort },
        { object: 'Math', property: 'random', ...isPort },
      ],
    },
  },
  restrict(['src/main/**'], [noElectron, noSimplePeer], [noReact], {
    ignores: ['src/main/electron/**', 'src/main/index.ts'],
  }),
  restrict(['src/relay/**'], [noElectron, noSimplePeer], [noReact]),
  restrict(['src/renderer/{core,backend}/**'], [noElectron, noSimplePeer], [noReact, noNode], {
    ignores: ['src/renderer/core/peer/**'],
  }),
  restrict(['src/renderer/core/peer/**'], [noElectron], [noReact, noNode]),
  restrict(['src/renderer/{state,features,ui,i18n,shell}/**'], [noElectron, noSimplePeer], [noNode]),
  {
    files: ['src/renderer/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 100, skipComments: true, skipBlankLines: true }] },
  },
  {
    files: ['tests/**', 'bench/**'],
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      // Playwright reads what a fixture needs from the pattern of its parameter, and some need nothing.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  {
    // Parts of the scripts that the Electron stand-in puts into a page; DevTools fills in at a `debugger`.
    files: ['tests/support/electron-stand-in/page/*.js'],
    languageOptions: { sourceType: 'script', globals: globals.browser },
    rules: { 'no-debugger': 'off' },
  },
);
