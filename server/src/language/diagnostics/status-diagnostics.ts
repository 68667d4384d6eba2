// The cluster's answer to an apply → diagnostics of the object that was applied.
import type { FieldErrorType } from '../../kube/field-error.ts';
import type { Status, StatusCause } from '../../kube/status.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { FileObject } from '../objects.ts';
import { codes, explain } from './explain.ts';

/** Each cause at its field; an answer without causes at the object's `kind`. Nothing for a success. */
export function statusDiagnostics(object: FileObject, status: Status): readonly Diagnostic[] {
  if (status.status === 'Success') return [];
  const causes = (status.details?.causes ?? []).filter(({ field }) => field !== undefined && field !== '');
  if (causes.length > 0) return causes.map((cause) => causeDiagnostic(object, cause));
  return [
    {
      range: object.kindRange,
      severity: 'error',
      code: 'apply',
      message: status.message ?? 'The apply failed.',
      explanation: 'The cluster refused this object and keeps its last state of it.',
    },
  ];
}

function causeDiagnostic(object: FileObject, { field = '', reason = '', message = '' }: StatusCause): Diagnostic {
  const type = Object.hasOwn(codes, reason) ? (reason as FieldErrorType) : undefined;
  return {
    range: object.rangeOf(field),
    severity: 'error',
    code: type ? codes[type] : 'apply',
    message: `${field}: ${message}`,
    explanation: explain({ type: type ?? 'InternalError', path: field, detail: message }),
  };
}
