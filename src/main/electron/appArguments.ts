/** Switches of Chromium and Node that a person, a test driver or the system may add; they read them themselves. */
const RUNTIME_SWITCH =
  /^(--(no-sandbox|inspect|remote-debugging-|enable-|disable-|force-|use-|ozone-|lang=|gtk-version|log-|v=|vmodule=|js-flags=|trace-|proxy-|user-data-dir=|original-process-start-time)|-psn_)/;

/**
 * What a person wrote after the app's name.
 * @param argv `process.argv`; without a package it also holds the app's path, after the switches of the runtime
 */
export function appArguments(argv: readonly string[], isPackaged: boolean): string[] {
  const given = argv.slice(1);
  const appPath = isPackaged ? -1 : given.findIndex((argument) => !argument.startsWith('-'));
  return given.slice(appPath + 1).filter((argument) => !RUNTIME_SWITCH.test(argument));
}
