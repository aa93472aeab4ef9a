import { parentPort } from 'node:worker_threads';
import { runSteps } from './fileSteps';
import type { StepBatch, StepResults } from './FileThread';

/*
 * The entry of the thread for files: runs each batch of steps as it comes, and gives its bytes back with the results.
 */
parentPort?.on('message', ({ steps, bytes }: StepBatch) => {
  const answer: StepResults = { results: runSteps(steps, bytes), bytes };
  parentPort?.postMessage(answer, [bytes.buffer]);
});
