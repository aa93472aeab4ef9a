/** What went wrong with a screen, its sound, a microphone or a camera; part of `errors`. */
export const captureErrors = {
  'capture-denied': {
    title: 'Nothing is being shared',
    help: 'Nothing was chosen, or the system refused. If you did choose one, allow screen recording for this app in the system’s privacy settings.',
  },
  'capture-failed': {
    title: 'The screen could not be captured',
    help: 'Close other programs that record the screen and try again, or choose another window.',
  },
  'sound-missing': {
    title: 'Shared without sound',
    help: 'This computer gave no sound. On Linux it takes PulseAudio or PipeWire. The screen is shared all the same.',
  },
  'sound-not-chosen': {
    title: 'Shared without sound',
    help: 'In the browser’s dialog, choose a tab and turn on its sound. Windows, and on some systems whole screens, have none to share.',
  },
  'sound-denied': {
    title: 'macOS keeps the sound back',
    help: 'Open System Settings, Privacy & Security, Screen & System Audio Recording, and allow Hither under “System Audio Recording Only”. Then share again. The screen is shared all the same.',
  },
  'sound-lost': {
    title: 'The sound of your screen has ended',
    help: 'The system or the browser ended it. To share it again, choose again what to share.',
  },
  'microphone-denied': {
    title: 'Hither may not use the microphone',
    help: 'Allow it beside the address of this page, or in the system’s privacy settings under Microphone, then try again.',
  },
  'microphone-missing': {
    title: 'There is no microphone',
    help: 'Connect one, or turn it on in the system’s sound settings, then try again.',
  },
  'microphone-busy': {
    title: 'The microphone can’t be opened',
    help: 'Another program may be using it. Close that program, or choose another microphone, then try again.',
  },
  'microphone-replaced': {
    title: 'Another microphone is in use now',
    help: 'The one before was unplugged or turned off. You can choose another one beside the microphone button.',
  },
  'microphone-lost': {
    title: 'The microphone is gone',
    help: 'It was unplugged or turned off, and no other one could be used, so nobody hears you. Connect one and turn it on again.',
  },
  'camera-denied': {
    title: 'Hither may not use the camera',
    help: 'Allow it beside the address of this page, or in the system’s privacy settings under Camera, then try again.',
  },
  'camera-missing': { title: 'There is no camera', help: 'Connect one, then try again.' },
  'camera-busy': {
    title: 'The camera can’t be opened',
    help: 'Another program may be using it. Close that program, or choose another camera, then try again.',
  },
  'camera-replaced': {
    title: 'Another camera is in use now',
    help: 'The one before was unplugged or turned off. You can choose another one beside the camera button.',
  },
  'camera-lost': {
    title: 'The camera is gone',
    help: 'It was unplugged or turned off, and no other one could be used, so nobody sees you. Connect one and turn it on again.',
  },
} as const;
