/** Words of the sound that goes with a shared screen. */
export const sound = {
  share: {
    computer: 'Share the sound of this computer',
    computerHelp: 'Everything that it plays, notifications too.',
    browser: 'Share sound too',
    browserHelp: 'In the browser’s dialog, choose a tab and turn on its sound.',
    add: 'Share sound too: choose again…',
  },
  own: {
    playing: 'The sound goes with it.',
    computer: 'The sound of this computer goes with it.',
    silent: 'The sound is on, but nothing has sounded for 5 seconds.',
    off: 'The sound is off.',
    turnOff: 'Turn sound off',
    turnOn: 'Turn sound on',
  },
  theirs: {
    label: 'Sound of the screen',
    playing: 'The sound is on.',
    silent: 'No sound for 5 s',
    off: 'Sound off there',
    mute: 'Mute the sound of the screen',
    unmute: 'Unmute the sound of the screen',
    volume: 'Volume of the screen',
  },
  echo: {
    sure: 'In this computer’s sound the others hear themselves: what Hither plays is part of it.',
    maybe: 'In this computer’s sound the others may hear themselves: what Hither plays can be part of it.',
    help: 'Headphones don’t change that. Play the voices on another speaker than the system’s, or have the others mute while something plays.',
    speaker: 'Choose a speaker',
  },
  announce: {
    on: 'The sound goes with your screen',
    off: 'The sound of your screen is off',
    theirs: 'The screen of {{name}} has sound',
    theirsOff: 'The sound of the screen of {{name}} is off',
  },
} as const;
