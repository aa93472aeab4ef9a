import { captureErrors } from './captureProblems';
import { recordingErrors } from './recording';

/** What went wrong, one entry a code: `title` says what happened, `help` what to do about it. */
export const errors = {
  'bad-request': {
    title: 'Hither did not understand that',
    help: 'Parts of it may be from different versions. Restart Hither and try again.',
  },
  'not-allowed': {
    title: 'That is not allowed',
    help: 'If you came by an invite, it does not include this. If not, reload this page from the app itself and try again.',
  },
  internal: {
    title: 'Something went wrong inside Hither',
    help: 'Try again. If it keeps happening, restart Hither and report it with the log.',
  },
  'backend-gone': {
    title: 'Hither stopped on this machine',
    help: 'Start it again, and this page continues by itself.',
  },
  'bad-address': {
    title: 'This is not an address',
    help: 'Type it as the other device shows it, such as 192.168.0.12:47117.',
  },
  unreachable: {
    title: 'Nothing answered there',
    help: 'Check that Hither is open and visible on the other device, that both are on the same network, and that no firewall is in the way.',
  },
  'timed-out': { title: 'It took too long', help: 'Check that the other device is awake, then try again.' },
  'incompatible-version': {
    title: 'The two versions don’t work together',
    help: 'Update Hither on the device with the older version, then try again.',
  },
  'not-hither': {
    title: 'Something else answered at that address',
    help: 'Check the address and the number after the colon against the other device.',
  },
  busy: {
    title: 'Too many requests are waiting there',
    help: 'Send it again when the other person has answered what you sent before.',
  },
  unavailable: {
    title: 'Hither has no window open there',
    help: 'Ask the other person to open the Hither window, then try again.',
  },
  'self-connection': { title: 'That is this device', help: 'Type the address of the other device instead.' },
  declined: { title: 'The other person declined', help: 'Talk to them, then ask again.' },
  cancelled: { title: 'Cancelled', help: 'Nothing else was done. Start again whenever you like.' },
  'unknown-device': {
    title: 'The device is no longer there',
    help: 'Wait until it appears again, or connect to its address.',
  },
  'unknown-session': { title: 'This session is over', help: 'Connect to the device again.' },
  'unknown-transfer': {
    title: 'This transfer is over',
    help: 'Offer the files again if you still need them.',
  },
  'unknown-source': { title: 'That window or screen is gone', help: 'Choose another one to share.' },
  ...captureErrors,
  'mute-key-taken': {
    title: 'The mute key does not work',
    help: 'The system or another program has these keys. Choose others under Voice and camera.',
  },
  'rnnoise-failed': {
    title: 'The stronger noise suppression can’t be loaded',
    help: 'The browser takes out the noise instead. Reload the page, or turn it off under “Voice and camera”.',
  },
  ...recordingErrors,
  'hostile-name': {
    title: 'The offer was refused: its names are unsafe',
    help: 'Nothing was written. No name in it was safe.',
  },
  'too-many-entries': {
    title: 'Too many files at once',
    help: 'Send them in smaller parts, or put them into an archive first.',
  },
  'unknown-digest': {
    title: 'The two devices check files in different ways',
    help: 'Update Hither on the device with the older version, then send the files again.',
  },
  'folder-missing': {
    title: 'The folder is not there',
    help: 'Choose another folder, or create it and try again.',
  },
  'folder-read-only': {
    title: 'Hither can’t write to that folder',
    help: 'Choose another folder, or change its permissions and try again.',
  },
  'disk-full': {
    title: 'The disk is full',
    help: 'Free some space, and a transfer that was in progress continues by itself. Or choose a folder on another disk.',
  },
  'file-too-large': {
    title: 'This disk can’t hold a file of that size',
    help: 'Choose a folder on another disk. A disk formatted with FAT holds files up to 4 GB.',
  },
  'disk-error': {
    title: 'The disk reported an error',
    help: 'Check that the disk is still connected, then try again with another folder.',
  },
  'page-gone': {
    title: 'The page that had the files was closed',
    help: 'A browser lets go of files with their page. Choose them again to send them.',
  },
  'page-away': {
    title: 'The tab that has the files is not in use',
    help: 'It continues by itself once Hither is used in that tab again.',
  },
  'source-missing': {
    title: 'A file is no longer where it was',
    help: 'It was moved or deleted while it was being sent. Choose it again.',
  },
  'source-unreadable': {
    title: 'A file or folder cannot be read',
    help: 'Check its permissions, or leave it out and send the rest.',
  },
  'source-changed': {
    title: 'A file changed while it was being sent',
    help: 'Wait until nothing writes to it any more, then send it again.',
  },
  'text-too-long': {
    title: 'The text is too long for a message',
    help: 'Send it as a file instead.',
  },
  'too-fast': { title: 'That was a lot at once', help: 'Wait a few seconds, then send it again.' },
  'drop-unreadable': {
    title: 'What you dropped could not be read',
    help: 'The browser hides files whose names its language settings cannot write. Use “Send files” instead, or start it with UTF-8.',
  },
  'folder-not-opened': {
    title: 'The browser did not open the folder',
    help: 'Make this window larger, so that the dialog doesn’t cover all of it, and try again. Or drag the folder onto the window.',
  },
  'all-left-out': {
    title: 'None of it can be sent',
    help: 'Links, devices, files that can’t be read and names that aren’t plain text are left out. Choose something else.',
  },
  'nothing-to-send': { title: 'There was nothing to send', help: 'Choose at least one file or folder.' },
  'corrupt-file': {
    title: 'A file arrived damaged',
    help: 'It was thrown away. Have it sent again; if it happens again, check memory and disk on both machines.',
  },
  'protocol-violation': {
    title: 'The other device broke the rules',
    help: 'Update Hither on both devices. If you do not know the other device, do not connect again.',
  },
  'not-taking': {
    title: 'The other device isn’t accepting requests right now',
    help: 'Ask the person there to allow requests from your device, then try again. After three declined or unanswered requests, their device accepts none from yours for 10 minutes.',
  },
  'wrong-device': {
    title: 'This is not the device you meant',
    help: 'Another device answered in its place. Do not trust this network; compare the addresses on both devices.',
  },
  tampered: {
    title: 'Somebody may be in between',
    help: 'What arrived was changed on the way or is not from the device it claims to be from. Use a network you trust.',
  },
  'not-verified': {
    title: 'The code has not been compared yet',
    help: 'Compare the code with the other person first.',
  },
  'connection-lost': {
    title: 'The connection is gone',
    help: 'Connect again, then repeat what you were doing.',
  },
  'bad-invite': {
    title: 'This is not an invite',
    help: 'Copy the whole link, from https:// to the last character behind the #, or type the code as it was said: a number and two words.',
  },
  'no-relay': {
    title: 'No relay is set up here',
    help: 'A relay is where devices meet beyond their own networks. Enter the address of one in the settings under “Beyond this network”. To come by a link you need none: the link names its relay.',
  },
  'relay-unreachable': {
    title: 'The relay does not answer',
    help: 'Check your internet connection. If it works, the relay may be down: ask whoever runs it, or try again later.',
  },
  'relay-untrusted': {
    title: 'The relay’s certificate is not valid',
    help: 'Somebody may be in between, or the certificate has expired. Check the date of this computer, and tell whoever runs the relay.',
  },
  'relay-refused': {
    title: 'The relay is full, or does not let this device in right now',
    help: 'Try again in a minute. If it stays so, tell whoever runs the relay.',
  },
  'relay-version': {
    title: 'The relay speaks another version',
    help: 'Update Hither, or have whoever runs the relay update it.',
  },
  'not-a-relay': {
    title: 'What answers there is not a Hither relay',
    help: 'Check the address. If it is right, a proxy in front of the relay may not be letting WebSockets through.',
  },
  'mailbox-crowded': {
    title: 'Somebody else is at this invite now',
    help: 'Only one guest can come at a time. Try again in a moment. If it stays so, or the invite is for one person, ask whoever invited you for a new one.',
  },
  'invite-expired': { title: 'This invite has expired', help: 'Ask for a new one.' },
  'inviter-away': {
    title: 'Nobody is waiting at this invite now',
    help: 'It was used or withdrawn, or Hither is closed on the other side. Ask the person who invited you.',
  },
  'not-the-inviter': {
    title: 'Not the device that made this invite answered',
    help: 'Nothing was sent to it. Somebody else has the link and answered first, or Hither was set up anew on the inviter’s device. Ask for a new link, in a way that only you can read.',
  },
  'invite-refused': {
    title: 'This invite is no longer valid',
    help: 'It was used or withdrawn. Ask for a new one.',
  },
  'code-gone': {
    title: 'There is no such code',
    help: 'Check its number. It may also have been used, or be older than ten minutes, or belong to another relay than yours. If the number is right, ask for a new code.',
  },
  'wrong-code': {
    title: 'The words are not right',
    help: 'Check them with the other person and correct them. After three wrong tries the code is used up.',
  },
  'code-burned': {
    title: 'The code is used up',
    help: 'It was entered wrongly three times. Ask for a new one.',
  },
  'too-many-invites': {
    title: 'Too many invites are open',
    help: 'Withdraw one that nobody needs, and try again.',
  },
  'port-taken': {
    title: 'Another program uses this port',
    help: 'Choose another port, or end that program and turn this off and on again.',
  },
  'port-not-allowed': {
    title: 'This account may not use this port',
    help: 'Choose a port from 1024 up.',
  },
  'port-unusable': {
    title: 'This port can’t be used',
    help: 'Choose another port. If it stays so, restart Hither.',
  },
} as const;

/** Labels of the facts that an error may name. */
export const facts = {
  file: 'File',
  folder: 'Folder',
  address: 'Address',
  relay: 'Relay',
  left: 'Tries left',
  needed: 'Needed',
  free: 'Free',
  limit: 'At most',
  count: 'Chosen',
  theirs: 'Their version',
  ours: 'Your version',
  reason: 'Reason',
  detail: 'The system said',
  gone: 'Before',
  now: 'Now',
} as const;

/** What is wrong with a name in an offer that was refused. */
export const nameFaults = {
  empty: 'A part of the name is empty.',
  absolute: 'It names a place outside the folder.',
  parent: 'It leads out of the folder.',
  encoding: 'It is not valid text.',
  control: 'It has invisible control characters.',
  'too-deep': 'It is too many folders deep.',
  collision: 'Two files have it.',
  clash: 'One name is both a file and a folder.',
} as const;

/** Why a session ended. `byMe` variants stand where this person did it. */
export const ends = {
  declined: { title: '{{name}} declined', help: 'Talk to them, then ask again.' },
  declinedByMe: { title: 'You declined', help: '{{name}} was told. You can connect to them at any time.' },
  cancelled: { title: '{{name}} cancelled the request', help: 'Connect to them if it still matters.' },
  cancelledByMe: { title: 'You cancelled the request', help: 'You can ask again at any time.' },
  unreachable: {
    title: 'Nothing answered at {{name}}',
    help: 'Check that Hither is open and visible there, that both devices are on the same network, and that no firewall, VPN or guest Wi-Fi is in the way.',
  },
  'timed-out': {
    title: 'There was no answer in time',
    help: 'Talk to the other person, then connect again.',
  },
  left: { title: '{{name}} left', help: 'Nothing is shared between you any more.' },
  leftByMe: { title: 'You left', help: 'Nothing is shared between you any more.' },
  closed: {
    title: '{{name}} closed Hither',
    help: 'Nothing is shared between you any more. To go on, ask the person there to open Hither again.',
  },
  lost: {
    title: 'The connection to {{name}} was lost',
    help: 'It did not come back in time. Check the network on both devices, then try again.',
  },
  'incompatible-version': {
    title: 'The two versions of Hither don’t work together',
    help: 'Update Hither on the device with the older version, then try again.',
  },
  busy: {
    title: '{{name}} is busy',
    help: 'There is a session between you already, or too many requests are waiting there. Try again in a moment.',
  },
  unavailable: {
    title: 'Hither has no window open at {{name}}',
    help: 'Ask the person there to open the Hither window, then try again.',
  },
  'not-hither': {
    title: 'Something else answered at {{name}}',
    help: 'Check the address and the number after the colon against the other device.',
  },
  'protocol-violation': {
    title: '{{name}} broke the rules of the connection',
    help: 'Update Hither on both devices. If you do not know this device, do not connect again.',
  },
  'not-taking': {
    title: '{{name}} isn’t accepting requests right now',
    help: 'Ask the person there to allow requests from your device, then try again. After three declined or unanswered requests, their device accepts none from yours for 10 minutes.',
  },
  'wrong-device': {
    title: 'Another device answered in place of {{name}}',
    help: 'Nothing was sent to it. Do not trust this network before you know why; compare the addresses on both devices.',
  },
  tampered: {
    title: 'Somebody may be between you and {{name}}',
    help: 'What arrived was changed on the way, so Hither stopped before anything was shared. Use a network you trust.',
  },
  'code-mismatch': {
    title: 'The codes did not match',
    help: 'Somebody may be between you and {{name}}. Nothing was shared. Use another network, then try again.',
  },
} as const;

export const notices = {
  'settings-corrupt': {
    title: 'Your settings could not be read',
    help: 'Hither started with fresh ones and kept the old file beside them. Check your name and downloads folder.',
  },
  'port-taken': {
    title: 'The usual port is in use',
    help: 'Hither is using another one, so give others your address as it is shown now. To get the usual one back, quit the other program and restart Hither.',
  },
  'identity-lost': {
    title: 'This device has a new identity',
    help: 'Its old key could not be read, so Hither made a new one and kept the old file aside. Devices that trust this one see a warning and compare codes with you again.',
  },
  'trusted-corrupt': {
    title: 'Your trusted devices could not be read',
    help: 'Hither kept the old list aside and started an empty one. Compare codes with your devices again.',
  },
  'downloads-missing': {
    title: 'Your downloads folder is not there',
    help: 'Choose another one in the settings before you accept files.',
  },
} as const;
