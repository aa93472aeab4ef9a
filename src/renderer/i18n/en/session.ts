/** Words of a session: its states, the stage, sharing. */
export const session = {
  state: {
    dialing: 'Calling…',
    asking: 'Waiting for an answer',
    asked: 'Wants to connect',
    connecting: 'Connecting…',
    connected: 'Connected',
    reconnecting: 'Reconnecting…',
    ended: 'Ended',
  },
  announce: {
    dialing: 'Calling {{name}}',
    asking: 'Waiting for {{name}} to answer',
    asked: '{{name}} wants to connect',
    connecting: 'Connecting to {{name}}',
    connected: 'Connected to {{name}}',
    reconnecting: 'The connection to {{name}} broke. Reconnecting.',
    theyShare: '{{name}} is sharing a screen',
    offer: '{{name}} wants to send you files',
  },
  waiting: {
    dialing: { title: 'Calling {{name}}…', help: 'Looking for the device at its address.' },
    asking: {
      title: 'Waiting for {{name}}',
      help: 'The person there is being asked. The request ends by itself after a minute.',
    },
    connecting: { title: 'Connecting to {{name}}…', help: 'Building the direct connection.' },
  },
  filesFollow: 'The files you dropped are offered as soon as {{name}} accepts.',
  reconnecting:
    'The connection broke. Trying to get it back, for up to {{duration}}. Transfers wait and go on.',
  leave: 'Leave',
  cancelRequest: 'Cancel the request',
  sendFiles: 'Send files',
  sendFolder: 'Send folder',
  dropTitle: 'Drop to send to {{name}}',
  dropHelp: 'Files and folders; {{name}} is asked first.',
  stage: {
    label: 'Stage',
    toolbar: 'View of the shared screen',
    remote: 'Screen of {{name}}',
    emptyTitle: 'Nothing is shared yet',
    emptyHelp: 'Share your screen, or drop files anywhere here. {{name}} can do the same.',
    fit: 'Fit to window',
    actual: 'Actual size',
    fullscreen: 'Full screen',
    exitFullscreen: 'Leave full screen',
    pip: 'Picture in picture',
    exitPip: 'Leave picture in picture',
    preview: 'What {{name}} sees',
  },
} as const;

export const share = {
  start: 'Share your screen',
  stop: 'Stop sharing',
  sharing: 'You are sharing {{label}} with {{name}}',
  sharingUnnamed: 'You are sharing your screen with {{name}}',
  region: 'Your screen is being shared',
  picker: {
    title: 'What do you want to share?',
    screens: 'Screens',
    windows: 'Windows',
    loading: 'Looking for screens and windows…',
    noScreens:
      'No screen can be shared. The system may have to allow it: look under screen recording in its privacy settings.',
    noWindows: 'No window is open. Open the one you want to share; it appears here.',
    share: 'Share',
    source: 'Share {{name}}',
    hint: 'Pictures refresh every two seconds. Double-click to share at once.',
  },
} as const;
