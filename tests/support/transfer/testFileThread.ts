import { join } from 'node:path';
import { FileThread } from '../../../src/main/node/files/FileThread';

/** The script of a thread for files that runs from source. */
export const FILE_THREAD_PATH = join(import.meta.dirname, 'fileThreadEntry.mjs');

/** One for all of a test file; it ends by itself when it has nothing to do. */
export const testFileThread = new FileThread(FILE_THREAD_PATH);
