/** Facts of a log line; addresses, names and paths belong to `debug` lines alone. */
export type LogFacts = Readonly<Record<string, unknown>>;

/** What the services write to: one line a transition. */
export interface Log {
  debug(event: string, facts?: LogFacts): void;
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}
