import {
  closeSync,
  fstatSync,
  linkSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from './errnoOf';
import { CREATE_NEW, MAX_ATTEMPTS, NO_HARD_LINKS, READ_AT_ONCE } from './fileRules';
import { partName } from '../../../shared/transfer/manifest/freeName';
import { giveAttributes, modifiedMsOf } from './times';

/** A file of at most so many bytes is read, written and named whole, by the thread for files; see `FileThread`. */
export const SMALL_FILE_BYTES = 64 * 1024;

/** A folder and where it really is, as `OwnFolder` knows it. */
export interface FolderPlace {
  path: string;
  real: string;
}

/**
 * Writes a whole file under a temporary name, and gives it its final one where it has one that is free. Its bytes are those of the
 * batch from `at` on.
 */
export interface WriteStep {
  kind: 'write';
  finalName?: string | undefined;
  folder: FolderPlace;
  name: string;
  at: number;
  lengthBytes: number;
  modifiedMs: number | undefined;
  isExecutable: boolean;
}

/** Gives a file that was written its name, unless that is taken. */
export interface NameStep {
  kind: 'name';
  folder: FolderPlace;
  partName: string;
  name: string;
}

/** Reads a whole file into the batch's bytes from `at` on, if it still is what the manifest says. */
export interface ReadStep {
  kind: 'read';
  path: string;
  at: number;
  lengthBytes: number;
  modifiedMs: number | undefined;
}

export type FileStep = WriteStep | NameStep | ReadStep;

/**
 * What came of a step. `moved`: something else is in the folder's place; `taken`: the name is; `changed`: the file is
 * not what the manifest says.
 */
export type StepResult =
  | { kind: 'done' | 'moved' | 'taken' | 'changed' }
  /** It is there, under its temporary name. */
  | { kind: 'written'; partName: string }
  | { kind: 'failed'; errno: string; message: string };

/**
 * One step after the other, each to its end, so that calls of the file system cost no waiting for each other. Each folder is
 * looked at once, as the steps of one call take milliseconds.
 */
export function runSteps(steps: readonly FileStep[], bytes: Uint8Array): StepResult[] {
  const looks = new Map<string, boolean>();
  return steps.map((step) => {
    try {
      if (step.kind === 'read') return read(step, bytes.subarray(step.at, step.at + step.lengthBytes));
      if (!isInPlace(step.folder, looks)) return { kind: 'moved' };
      if (step.kind === 'name') return name(step);
      return put(step, bytes.subarray(step.at, step.at + step.lengthBytes));
    } catch (error) {
      return { kind: 'failed', errno: errnoOf(error), message: String(error) };
    }
  });
}

function put(step: WriteStep, bytes: Uint8Array): StepResult {
  const { folder, finalName } = step;
  const temporary = write(step, bytes);
  if (finalName === undefined) return { kind: 'written', partName: temporary };
  try {
    const named = name({ kind: 'name', folder, partName: temporary, name: finalName });
    return named.kind === 'taken' ? { kind: 'written', partName: temporary } : named;
  } catch (error) {
    removeIfThere(join(folder.path, temporary));
    throw error;
  }
}

/** @returns the temporary name */
function write(step: WriteStep, bytes: Uint8Array): string {
  const created = create(step);
  const path = join(step.folder.path, created.partName);
  try {
    try {
      writeAll(created.file, bytes);
      giveAttributes(created.file, step);
    } finally {
      closeSync(created.file);
    }
  } catch (error) {
    removeIfThere(path);
    throw error;
  }
  return created.partName;
}

function create({ folder, name }: WriteStep): { file: number; partName: string } {
  for (let attempt = 0; ; attempt++) {
    const temporary = partName(name, attempt);
    try {
      return { file: openSync(join(folder.path, temporary), CREATE_NEW, 0o644), partName: temporary };
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST' || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;)
    written += writeSync(file, bytes, written, bytes.length - written, written);
}

/** Why the file could not be written is what counts, not that it can't be removed either. */
function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is left behind.
  }
}

/** `link` refuses a name that is taken, in one step with taking it; where there is none, an empty file takes the name. */
function name({ folder, partName: temporary, name: wanted }: NameStep): StepResult {
  const [partPath, path] = [join(folder.path, temporary), join(folder.path, wanted)];
  try {
    try {
      linkSync(partPath, path);
      unlinkSync(partPath);
    } catch (error) {
      if (!NO_HARD_LINKS.has(errnoOf(error))) throw error;
      closeSync(openSync(path, CREATE_NEW, 0o644));
      renameSync(partPath, path);
    }
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return { kind: 'taken' };
    throw error;
  }
  return { kind: 'done' };
}

/** Looked at before and after: what is written to in between would be a mixture of two files. */
function read(step: ReadStep, into: Uint8Array): StepResult {
  const file = openSync(step.path, READ_AT_ONCE);
  try {
    let filled = 0;
    if (!isAsOffered(file, step)) return { kind: 'changed' };
    while (filled < into.length) {
      const bytesRead = readSync(file, into, filled, into.length - filled, filled);
      if (bytesRead === 0) return { kind: 'changed' };
      filled += bytesRead;
    }
    return isAsOffered(file, step) ? { kind: 'done' } : { kind: 'changed' };
  } finally {
    closeSync(file);
  }
}

function isAsOffered(file: number, { lengthBytes, modifiedMs }: ReadStep): boolean {
  const info = fstatSync(file);
  return info.size === lengthBytes && (modifiedMs === undefined || modifiedMsOf(info) === modifiedMs);
}

function isInPlace({ path, real }: FolderPlace, looks: Map<string, boolean>): boolean {
  const seen = looks.get(path);
  if (seen !== undefined) return seen;
  const isThere = realpathSync.native(path) === real;
  looks.set(path, isThere);
  return isThere;
}
