/** Words of the window itself: header, dialogs, settings, what the app says about itself. */
export const app = {
  name: 'Hither',
  home: 'Home',
  settings: 'Settings',
  transfers: 'Transfers',
  transfersWaiting_one: 'Transfers {{count, number}}, going on',
  transfersWaiting_other: 'Transfers {{count, number}}, going on',
  views: 'Home and open sessions',
  accept: 'Accept',
  decline: 'Decline',
  later: 'Decide later',
  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  save: 'Save',
  copy: 'Copy {{text}}',
  copied: 'Copied',
  tryAgain: 'Try again',
  starting: 'Starting Hither…',
  jumpToRequest: 'Press F6 to answer.',
  lost: {
    title: 'Hither stopped on this machine',
    help: 'Start it again the way you started it before. It opens a new page, or prints its address; this one can be closed. Files that were half received are not kept under their final name.',
  },
  superseded: {
    title: 'Hither is open in another tab',
    help: 'Only one tab can use Hither at a time, so this one has stopped.',
    useHere: 'Use it here',
  },
  noKey: {
    title: 'This page was opened without its key',
    help: 'Only the person who started Hither may use it. Open the whole address that Hither printed when it started.',
  },
  bug: {
    title: 'This page ran into a fault',
    help: 'Reload it to go on. Your settings and received files are safe.',
    reload: 'Reload',
  },
  platform: { linux: 'Linux', macos: 'macOS', windows: 'Windows', other: 'Other system' },
  version: 'Version {{version}}',
} as const;

export const settings = {
  tabs: { general: 'General', trust: 'Trust' },
  title: 'Settings',
  name: 'Your name on the network',
  nameHint: 'Others see this name in their list.',
  nameEmpty: 'Type a name with at least one character.',
  language: 'Language',
  languages: { system: 'Same as the system', en: 'English', ko: '한국어' },
  theme: 'Appearance',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  downloads: 'Downloads folder',
  downloadsHint: 'Files you accept go here, unless you choose another folder.',
  chooseFolder: 'Choose…',
  folderFree: '{{size}} free',
  visibility: 'Visible on this network',
  visibilityHint: 'Others on this network can find this device, and you can find theirs.',
  keepRunning: 'Keep running when the window is closed',
  keepRunningHint:
    'Hither stays in the tray: files still come, and a screen you share stays shared. If there is no icon in the tray, start Hither again to get the window back.',
  about: 'About',
  runtime: { electron: 'Desktop app', headless: 'Headless, in the browser' },
} as const;

export const welcome = {
  title: 'Welcome to Hither',
  lead: 'Share your screen and files straight with another device on your network. Nothing goes through a server.',
  name: 'Your name on the network',
  language: 'Language',
  permission:
    'To find other devices, Hither announces this one on your network and listens for requests. You decide about every request.',
  turnOn: 'Find devices and be found',
  notNow: 'Not now',
  notNowHint: 'You can still connect to an address, and change this at any time.',
} as const;
