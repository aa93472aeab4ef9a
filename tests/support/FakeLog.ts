import type { Log, LogFacts } from '../../src/backend/ports';

/** Keeps what was logged, for tests to look at. */
export class FakeLog implements Log {
  readonly lines: [level: string, event: string, facts?: LogFacts][] = [];
  debug = this.#keep('debug');
  info = this.#keep('info');
  warn = this.#keep('warn');
  error = this.#keep('error');

  #keep(level: string) {
    return (event: string, facts?: LogFacts) => {
      this.lines.push(facts === undefined ? [level, event] : [level, event, facts]);
    };
  }
}
