import { createTheme, Menu, Modal, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The app's own blue: calm enough for a whole day, 5:1 and more under white text from shade 6. */
const cobalt: MantineColorsTuple = [
  '#eef2ff',
  '#dde5fd',
  '#b9c8f8',
  '#92a9f2',
  '#718eee',
  '#587bea',
  '#3d63e0',
  '#2f54c8',
  '#2649b2',
  '#193d9c',
];

/** Live things: a screen on its way out. */
const ember: MantineColorsTuple = [
  '#fff0eb',
  '#fddfd6',
  '#f7bcab',
  '#f2977d',
  '#ed7755',
  '#ea623c',
  '#c9441d',
  '#b13a17',
  '#983111',
  '#7f270b',
];

/** Greys of the dark scheme, with a trace of blue. */
const dark: MantineColorsTuple = [
  '#d3d6df',
  '#b9bdc9',
  '#979cab',
  '#6a7081',
  '#444a5a',
  '#353a48',
  '#282c38',
  '#1c1f29',
  '#171a22',
  '#11131a',
];

/** Greys of the light scheme. */
const gray: MantineColorsTuple = [
  '#f7f8fa',
  '#eff1f5',
  '#e4e7ee',
  '#d6dae3',
  '#c2c8d4',
  '#9aa2b1',
  '#6f7888',
  '#4c5464',
  '#343b49',
  '#1f2430',
];

/** Fonts that the systems bring; the Korean ones are named so that Hangul never falls back to a bitmap font. */
const systemFonts =
  "system-ui, -apple-system, 'Segoe UI Variable Text', 'Segoe UI', 'Apple SD Gothic Neo', 'Malgun Gothic', " +
  "'Noto Sans KR', 'Noto Sans CJK KR', 'Noto Sans', Roboto, sans-serif";

export const theme = createTheme({
  primaryColor: 'cobalt',
  primaryShade: { light: 6, dark: 6 },
  colors: { cobalt, ember, dark, gray },
  fontFamily: systemFonts,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Consolas, 'Noto Sans Mono', monospace",
  headings: { fontFamily: systemFonts, fontWeight: '650' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // An item has the focus as a menu opens; the placeholder that had it is nothing that a menu may hold.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ styles: { title: { fontSize: 'var(--mantine-font-size-xl)', fontWeight: 650 } } }),
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
});

/** Surfaces, and colours of text and pictures that meet 4.5:1 on them in both schemes; Mantine's dimmed grey does not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1a1e28',
    '--mantine-color-dimmed': '#565e6e',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#2649b2',
    '--app-canvas': '#f4f5f8',
    '--app-surface': '#ffffff',
    '--app-border': '#e1e4eb',
    '--app-stage': '#e9ebf1',
    '--app-live': '#b13a17',
    '--app-good': '#17753f',
    '--app-warn': '#7a4f00',
    '--app-warn-soft': '#fff3d1',
    '--app-bad': '#b3261e',
    '--app-accent': '#2649b2',
    '--app-accent-soft': '#e8eefe',
    '--app-tone-rose': '#b4235a',
    '--app-tone-amber': '#8a5200',
    '--app-tone-green': '#1a7043',
    '--app-tone-blue': '#2150c4',
    '--app-tone-violet': '#6d35b8',
    '--app-tone-slate': '#475064',
  },
  dark: {
    '--mantine-color-dimmed': '#a3a9b8',
    '--mantine-color-placeholder': '#8f95a5',
    '--mantine-color-error': '#ff9d92',
    '--mantine-color-anchor': '#a9bdff',
    '--app-canvas': '#14161d',
    '--app-surface': '#1c1f29',
    '--app-border': '#2d323f',
    '--app-stage': '#0e1016',
    '--app-live': '#b13a17',
    '--app-good': '#6fd39a',
    '--app-warn': '#f0c368',
    '--app-warn-soft': '#33290f',
    '--app-bad': '#ff9d92',
    '--app-accent': '#a9bdff',
    '--app-accent-soft': '#222a45',
    '--app-tone-rose': '#ff9dbb',
    '--app-tone-amber': '#f3c069',
    '--app-tone-green': '#7fdba6',
    '--app-tone-blue': '#a3bcff',
    '--app-tone-violet': '#cdabff',
    '--app-tone-slate': '#bcc3d3',
  },
});
