/** Why a STUN or TURN server was of no use. */
export type TurnTrouble =
  /** It answered with an error; `status` has its number, such as 401. */
  | 'refused'
  /** It said nothing in time. */
  | 'silent'
  /** No connection, or none any more; `cause` has the system's word, such as `ECONNREFUSED`. */
  | 'unreachable'
  /** TLS failed; `cause` has Node's word, such as `CERT_HAS_EXPIRED`. */
  | 'tls'
  /** What it said is no STUN, or is not what was asked. */
  | 'nonsense'
  /** It relays, and what was sent did not arrive. */
  | 'no-data'
  /** A kind of address that is not spoken here: TURN over DTLS. */
  | 'unsupported';

/** A STUN or TURN server that did not do what it is for. */
export class TurnError extends Error {
  readonly trouble: TurnTrouble;
  /** The number of a refusal (RFC 8656 §15), else `null`. */
  readonly status: number | null;
  /** One word of the system or of TLS, else `null`. */
  readonly word: string | null;

  constructor(
    trouble: TurnTrouble,
    { status = null, word = null }: { status?: number | null; word?: string | null } = {},
  ) {
    super([trouble, status, word].filter((part) => part !== null).join(' '));
    this.name = 'TurnError';
    this.trouble = trouble;
    this.status = status;
    this.word = word;
  }
}
