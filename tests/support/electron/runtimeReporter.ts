import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';
import { runtimeLine } from './Runtime';

/** Says, before anything else, what the Electron specs of a run are run on. */
export default class RuntimeReporter implements Reporter {
  onBegin(_config: FullConfig, suite: Suite): void {
    if (suite.suites.some((project) => project.title === 'electron')) console.log(runtimeLine());
  }

  printsToStdio(): boolean {
    return false;
  }
}
