// The headless entry with a page of its own, so that no build is needed: flags as for the app, then the page's folder.
import { readCommandLine } from '../../../src/main/commandLine';
import { runHeadless } from '../../../src/main/runHeadless';
import { FILE_THREAD_PATH } from '../transfer/testFileThread';

const args = process.argv.slice(2);
const pageDir = args.pop() ?? '';
const outcome = readCommandLine(args, process.env, '0.1.0');
if (outcome.kind === 'print') throw new Error(outcome.text);
await runHeadless(outcome.options, '0.1.0', { pageDir, fileThreadPath: FILE_THREAD_PATH });
