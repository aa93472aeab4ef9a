import fc from 'fast-check';
import { ErrorCode, HitherError } from '../../src/shared/errors';

/** A parser under test, with what it is given. */
export interface FuzzTarget<Input = unknown> {
  name: string;
  /** Share of all inputs; parsers that compute with keys or ask the disk get fewer. 1 unless said. */
  weight?: number;
  inputs: fc.Arbitrary<Input>;
  /** Gives the input to the parser. A refusal is a `HitherError`, or whatever value the parser has for it. */
  parse: (input: Input) => unknown;
  /** Lets go of what the target holds. */
  close?: () => unknown;
}

/** An input takes no longer, in ms: a frame or two of a page that has to wait for it, on a slow machine. */
const MAX_INPUT_MS = 250;
/** Growth of heap and buffers from after the first tenth to the end, in bytes: what engines and libraries cache. */
const MAX_GROWTH_BYTES = 8 * 1024 * 1024;

/** Characters of a report: an input may be long, and its beginning and seed are enough to have it again. */
const MAX_REPORT_LENGTH = 6000;

export interface FuzzOutcome {
  name: string;
  inputs: number;
  inputsPerSecond: number;
  slowestMs: number;
  /** `null` where the garbage collector can't be asked. */
  growthBytes: number | null;
  failure: string | null;
}

/** A target keeps its kind of input to itself, so that targets can stand in one list. */
export function fuzzTarget<Input>(target: FuzzTarget<Input>): FuzzTarget {
  return target as unknown as FuzzTarget;
}

/**
 * Gives a target `runs` inputs. It fails on a throw that is no typed refusal, on an input that takes too long, and on
 * memory that is not given back.
 */
export async function fuzz(target: FuzzTarget, runs: number, seed: number): Promise<FuzzOutcome> {
  let slowestMs = 0;
  let ms = 0;
  const property = fc.asyncProperty(target.inputs, async (input) => {
    let tookMs = await timed(target, input);
    // Another program or the collector may have been at work; an input that is slow stays slow.
    for (let again = 0; again < 3 && tookMs > MAX_INPUT_MS; again++)
      tookMs = Math.min(tookMs, await timed(target, input));
    ms += tookMs;
    slowestMs = Math.max(slowestMs, tookMs);
    if (tookMs > MAX_INPUT_MS) throw new Error(`took ${Math.round(tookMs)} ms`);
  });
  const check = async (numRuns: number, from: number): Promise<string | null> => {
    const details = await fc.check(property, { numRuns, seed: from, interruptAfterTimeLimit: 600_000 });
    if (!details.failed) return null;
    const { errorInstance: error } = details;
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `${fc.defaultReportMessage(details) ?? ''}\n${cause}`.slice(0, MAX_REPORT_LENGTH);
  };
  const first = Math.ceil(runs / 10);
  let failure = await check(first, seed);
  const before = heapBytes();
  if (failure === null && runs > first) failure = await check(runs - first, seed + 1);
  const after = heapBytes();
  const growthBytes = before === null || after === null ? null : after - before;
  if (failure === null && growthBytes !== null && growthBytes > MAX_GROWTH_BYTES)
    failure = `kept ${growthBytes} bytes`;
  await target.close?.();
  const inputsPerSecond = Math.round((runs / Math.max(ms, 1)) * 1000);
  return {
    name: target.name,
    inputs: runs,
    inputsPerSecond,
    slowestMs: Math.round(slowestMs),
    growthBytes,
    failure,
  };
}

async function timed(target: FuzzTarget, input: unknown): Promise<number> {
  const begin = performance.now();
  try {
    await target.parse(input);
  } catch (error) {
    const isRefusal =
      error instanceof HitherError && error.code !== 'internal' && ErrorCode.safeParse(error.code).success;
    if (!isRefusal) throw error;
  }
  return performance.now() - begin;
}

function heapBytes(): number | null {
  if (typeof globalThis.gc !== 'function') return null;
  globalThis.gc();
  globalThis.gc();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
