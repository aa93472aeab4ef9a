import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fuzz } from './fuzzTarget';
import { fuzzTargets } from './targets';

/**
 * Gives every parser that faces a peer, a relay or a page its share of `--runs` inputs, one line each and JSON last.
 * `--only` takes a part of a target's name.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
setFlagsFromString('--expose-gc');
globalThis.gc = runInNewContext('gc') as NonNullable<typeof globalThis.gc>;
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const targets = fuzzTargets().filter(({ name }) => name.includes(values.only));
const weights = targets.reduce((sum, { weight = 1 }) => sum + weight, 0);

const results = [];
for (const target of targets) {
  const runs = Math.max(10, Math.ceil((Number(values.runs) * (target.weight ?? 1)) / weights));
  const result = await fuzz(target, runs, seed);
  results.push(result);
  const { growthBytes, inputs, inputsPerSecond, name, slowestMs } = result;
  const memory = growthBytes === null ? '' : `, memory ${(growthBytes / 1024 / 1024).toFixed(1)} MiB`;
  const verdict = result.failure === null ? 'ok' : 'FAILED';
  console.log(`${verdict} ${name}: ${inputs} inputs, ${inputsPerSecond}/s, slowest ${slowestMs} ms${memory}`);
  if (result.failure !== null) console.log(`  seed ${seed}\n  ${result.failure.replaceAll('\n', '\n  ')}`);
}
const failed = results.filter(({ failure }) => failure !== null).map(({ name }) => name);
console.log(
  JSON.stringify({
    fuzz: { seed, inputs: results.reduce((sum, { inputs }) => sum + inputs, 0), failed, results },
  }),
);
process.exit(failed.length === 0 ? 0 : 1);
