/**
 * What Chromium does by itself beside the page. Its address bar alone is two pages of its own for each window and each context, hidden, which took 2.5 of
 * the 5 s of processor that a start took (Chromium 156). The others reach out, or hold a page back.
 */
const unwantedFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
];

const HIDDEN_ADDRESSES = 'WebRtcHideLocalIpsWithMdns';

export interface BrowserFlagOptions {
  /** Browsers hide the addresses of a page that captures nothing; `false` shows them to it, as to one that shares its screen. */
  hidesAddresses?: boolean | undefined;
}

/** Chromium as quiet as it gets: no first-run pages, no updates, no telemetry, nothing that reaches out by itself. */
export function browserFlags({ hidesAddresses = true }: BrowserFlagOptions = {}): string[] {
  const features = hidesAddresses ? unwantedFeatures : [...unwantedFeatures, HIDDEN_ADDRESSES];
  return [
    '--no-sandbox',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--lang=en-US',
    // Drawn by the processor without OpenGL in its place: it never composites with that, and each start would load it.
    '--disable-gpu',
    '--disable-software-rasterizer',
    // Chromium heeds the last such flag only, so this one stands for Playwright's as well.
    `--disable-features=${features.join(',')}`,
  ];
}

/** Answers the browser's own screen picker, so that sharing needs no hand. */
export const captureFlags = ['--auto-select-desktop-capture-source=Entire screen'];
