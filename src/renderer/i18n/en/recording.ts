/** Words of recordings. */
export const recording = {
  start: 'Record this session…',
  stop: 'Stop recording',
  unable: 'This browser can’t record. Chrome and Edge can.',
  unknown: 'The other side has an older version of Hither, which can’t be asked.',
  elsewhere: 'You are recording another session.',
  fileName: 'Recording {{name}} {{date}}',
  prompt: {
    title: '{{name}} wants to record this session',
    what: 'What',
    whatHelp: 'The picture on the stage: a shared screen, or a camera. And all sound: your microphone, too.',
    where: 'Where',
    whereHelp: 'In a file on the other device. You can’t delete it from here.',
    until: 'How long',
    untilHelp: 'Until one of you stops it. You can do that at any time; what was recorded until then stays.',
    allow: 'Allow recording',
    decline: 'Don’t allow',
  },
  bar: {
    region: 'Recording',
    asking: 'Waiting until {{names}} allows the recording',
    takeBack: 'Take back',
    beginning: 'The recording begins…',
    own: 'You are recording: {{names}}',
    saving: 'The recording is being saved…',
    theirs: '{{name}} is recording',
    stop: 'Stop recording',
  },
  tab: 'recording',
  title: 'Recording',
  ended: {
    stopped: 'The recording is saved',
    declined: '{{name}} doesn’t want to be recorded now',
    nobodyThere: 'Nobody is at {{name}} who could allow it',
    noAnswer: 'Nobody has answered whether you may record',
    tooOften: '{{name}} was asked too often',
    tooOftenHelp: 'Ask again in a minute.',
    withdrawn: '{{name}} has stopped the recording',
    sessionEnded: 'The recording has ended with the session',
    pageGone: 'The recording has ended with its window',
    failed: 'The recording has stopped',
    keptIn: 'In the folder {{dir}}',
    nothing: 'Nothing was recorded.',
    show: 'Show in folder',
  },
  announce: {
    asked: '{{name}} wants to record this session',
    theirs: '{{name}} is recording',
    theirsOver: '{{name}} does not record any more',
    own: 'You are recording',
    ownOver: 'The recording has ended',
  },
} as const;

/** Words of what can go wrong with a recording. */
export const recordingErrors = {
  'recording-running': {
    title: 'There is a recording already',
    help: 'One at a time. Stop it, or take the question back, and record then.',
  },
  'recording-unknown': {
    title: 'The other side can’t be asked',
    help: 'It has an older version of Hither. Once it is updated, you can ask whether you may record.',
  },
  'recording-unable': {
    title: 'This browser can’t record',
    help: 'Use Chrome, Edge, or the desktop app.',
  },
  'disk-slow': {
    title: 'The disk is too slow for the recording',
    help: 'What came until then is saved. Record again when the disk has less to do, or choose another folder in the settings.',
  },
} as const;
