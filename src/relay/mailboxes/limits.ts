/** Bounds on mailboxes. All of them can be set; these are the defaults, and PROTOCOL.md has them in a table. */
export const MAILBOX_DEFAULTS = {
  /** Frames and bytes that may be unacknowledged in one direction: a burst of messages of a session with some room. */
  waitingFrames: 512,
  waitingBytes: 1024 * 1024,
  /** How long a place is kept for a member that is away, in ms: a phone in a lift, a laptop that changes its network. */
  awayMs: 120_000,
  /** How long a nameplate leads somewhere, in ms: two people on the telephone. */
  nameplateMs: 600_000,
  /** New sides that may come to a mailbox in a window, in ms; with a guess each, a spoken code of 16 bits stays one. */
  attempts: 60,
  attemptWindowMs: 600_000,
  /** Bytes that wait in all mailboxes of a process in memory; beyond it what waits for nobody goes first. */
  waitingBytesInAll: 256 * 1024 * 1024,
  /** The same of one address: a sixteenth, which is sixteen members of an office with as much as may wait for one. */
  waitingBytesPerAddress: 16 * 1024 * 1024,
} as const;

export type MailboxBounds = { readonly [K in keyof typeof MAILBOX_DEFAULTS]: number };

/** How long what a process holds in Redis outlives it, in ms, and how often it is renewed. */
export const REDIS_TIMES = {
  /** A process that did not renew this is dead: its members' places are away. */
  processMs: 6_000,
  processRenewMs: 2_000,
} as const;
