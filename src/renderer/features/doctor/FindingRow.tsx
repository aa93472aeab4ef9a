import type { ParseKeys } from 'i18next';
import type { DoctorFinding } from '../../../shared/contract/doctor';
import { en } from '../../i18n/en';
import { FindingLine } from './FindingLine';

/** One finding of the backend's. */
export function FindingRow({ finding: { code, facts, level } }: { finding: DoctorFinding }) {
  const todo = Object.hasOwn(en.doctor.todo, code) ? (`doctor.todo.${code}` as ParseKeys) : null;
  return <FindingLine level={level} what={`doctor.what.${code}`} todo={todo} facts={facts} />;
}
