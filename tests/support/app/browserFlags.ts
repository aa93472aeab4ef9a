/** Chromium as quiet as it gets: no first-run pages, no updates, no telemetry, nothing that reaches out by itself. */
export const quietFlags = [
  '--no-sandbox',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=en-US',
];

/** Answers the browser's own screen picker, so that sharing needs no hand. */
export const captureFlags = ['--auto-select-desktop-capture-source=Entire screen'];

/** Lets a page that captures nothing see its own addresses, as one that shares its screen does. */
export const plainCandidatesFlag = '--disable-features=WebRtcHideLocalIpsWithMdns';
