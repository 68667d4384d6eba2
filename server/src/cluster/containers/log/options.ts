// What may be asked of a log (v1.PodLogOptions), and what may not.
import type { FieldError } from '../../../kube/field-error.ts';
import type { Status } from '../../../kube/status.ts';
import { invalid } from '../../../validation/invalid.ts';

export interface LogOptions {
  /** Empty: the only one. */
  readonly container?: string;
  readonly follow?: boolean;
  readonly previous?: boolean;
  readonly timestamps?: boolean;
  readonly sinceSeconds?: number;
  /** Virtual milliseconds since 1970. */
  readonly sinceTime?: number;
  readonly tailLines?: number;
  readonly limitBytes?: number;
}

export function logProblem(pod: string, { tailLines, limitBytes, sinceSeconds, sinceTime }: LogOptions): Status | undefined {
  const errors: FieldError[] = [];
  const wrong = (path: string, badValue: number, detail: string) => errors.push({ type: 'FieldValueInvalid', path, badValue, detail });
  if (tailLines !== undefined && tailLines < 0) wrong('tailLines', tailLines, 'must be greater than or equal to 0');
  if (limitBytes !== undefined && limitBytes < 1) wrong('limitBytes', limitBytes, 'must be greater than 0');
  if (sinceSeconds !== undefined && sinceTime !== undefined)
    errors.push({ type: 'FieldValueForbidden', path: '', detail: 'at most one of `sinceTime` or `sinceSeconds` may be specified' });
  else if (sinceSeconds !== undefined && sinceSeconds < 1) wrong('sinceSeconds', sinceSeconds, 'must be greater than 0');
  return errors.length > 0 ? invalid({ group: '', kind: 'PodLogOptions' }, pod, errors) : undefined;
}
