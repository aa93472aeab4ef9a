import { languageOf } from '../../scripts/flags.mjs';
import { NodeProbes } from './node/doctor/NodeProbes';
import { readDoctorLine, runDoctorLine } from './runDoctorLine';

const line = readDoctorLine(process.argv.slice(2), languageOf(process.env));
if (line.kind === 'print') {
  (line.exitCode === 0 ? process.stdout : process.stderr).write(`${line.text}\n`);
  process.exitCode = line.exitCode;
} else
  process.exitCode = await runDoctorLine(line, new NodeProbes(), (text) => process.stdout.write(`${text}\n`));
