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
  gathering: 'Reading what you chose…',
  found_one: '{{count, number}} file so far',
  found_other: '{{count, number}} files so far',
  drop: {
    onDevice: 'Drop the files on a device under “Home”, or in its session.',
    nobody: 'There is no device here yet to send files to.',
    missed: 'Nothing was sent.',
  },
  folderHint: {
    handle:
      'A browser doesn’t show links in a folder, so they aren’t sent. Which files may be run, and when folders changed, is lost too. The desktop app keeps both, and names the links.',
    input:
      'This browser leaves empty folders out, and maybe files that a link leads to as well. Drag the folder here instead: then every file goes. Links are never sent from a browser.',
  },
  jumpToRequest: 'Press F6 to answer.',
  lost: {
    title: 'Hither stopped on this machine',
    help: 'Start it again the way you started it before. It opens a new page, or prints its address; this one can be closed. Files that were half received are not kept under their final name.',
  },
  superseded: {
    title: 'Hither is open in another tab',
    help: 'Only one tab can use Hither at a time, so this one stands still. It goes on by itself when you close the other one.',
    waiting: 'These files wait until you go on here:',
    useHere: 'Use it here',
  },
  occupied: {
    sends: 'That tab is sending these files. They wait if you go on here, until you go back to that tab:',
    sharing: 'That tab is sharing your screen. This ends if you go on here.',
    leave: 'Leave it there',
  },
  heldFiles_one: '{{count, number}} file to {{name}}',
  heldFiles_other: '{{count, number}} files to {{name}}',
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
