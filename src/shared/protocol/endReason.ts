import { z } from 'zod';

/**
 * Why a session ended, or never began.
 * - `declined`: the other person said no
 * - `cancelled`: the person who asked took it back
 * - `unreachable`: nothing answered at the address
 * - `timed-out`: nobody answered the prompt in time
 * - `left`: one side ended the session on purpose
 * - `closed`: Hither was quit there, or its page was closed for good; what is unfinished with a trusted device comes back by itself
 * - `lost`: no carrier came back in time, or the other side has forgotten the session
 * - `incompatible-version`: no protocol version in common
 * - `busy`: a session between the two devices exists already, or too many wait
 * - `unavailable`: Hither runs there, but no window is open
 * - `not-hither`: what answered does not speak the protocol
 * - `protocol-violation`: the other side broke the rules
 * - `not-taking`: the other device takes no requests now, or none from this device
 * - `wrong-device`: another device answered than the one that was meant
 * - `tampered`: what arrived was changed on the way, or its sender is not who it says
 * - `code-mismatch`: one of the two people saw another code than the other
 */
export const EndReason = z.enum([
  'declined',
  'cancelled',
  'unreachable',
  'timed-out',
  'left',
  'closed',
  'lost',
  'incompatible-version',
  'busy',
  'unavailable',
  'not-hither',
  'protocol-violation',
  'not-taking',
  'wrong-device',
  'tampered',
  'code-mismatch',
]);
export type EndReason = z.infer<typeof EndReason>;
