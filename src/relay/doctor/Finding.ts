import type { FindingCode } from './words';

/** `good` is as it should be, a `hint` may be meant so, and `bad` keeps somebody from meeting or is unsafe. */
type FindingLevel = 'good' | 'hint' | 'bad';

/** One thing that the doctor found; words.ts has the sentence for each code, and what to do. */
export interface Finding {
  code: FindingCode;
  level: FindingLevel;
  facts: Readonly<Record<string, string | number>>;
}

export type Facts = Finding['facts'];

export const good = (code: FindingCode, facts: Facts = {}): Finding => ({ code, level: 'good', facts });
export const hint = (code: FindingCode, facts: Facts = {}): Finding => ({ code, level: 'hint', facts });
export const bad = (code: FindingCode, facts: Facts = {}): Finding => ({ code, level: 'bad', facts });
