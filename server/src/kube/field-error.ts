// One finding of validation, as k8s.io/apimachinery/pkg/util/validation/field has it. Rules return lists of these and never throw.
import { quote } from './quote.ts';

export type FieldErrorType =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueDuplicate'
  | 'FieldValueForbidden'
  | 'FieldValueNotFound'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

export interface FieldError {
  readonly type: FieldErrorType;
  /** As the server writes it: `spec.template.spec.containers[0].image`, `metadata.labels`, `data[key]`. */
  readonly path: string;
  /** Printed between "Invalid value: " and the detail; absent for Required and Forbidden. */
  readonly badValue?: unknown;
  readonly detail: string;
}

const words: Readonly<Record<FieldErrorType, string>> = {
  FieldValueRequired: 'Required value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueForbidden: 'Forbidden',
  FieldValueNotFound: 'Not found',
  FieldValueTooLong: 'Too long',
  FieldValueTooMany: 'Too many',
  FieldValueTypeInvalid: 'Invalid value',
  InternalError: 'Internal error',
};

/** The message without the path, as in the causes of a Status: `Invalid value: "x": must be …`. */
export function fieldErrorBody({ type, badValue, detail }: FieldError): string {
  const silent = type === 'FieldValueRequired' || type === 'FieldValueForbidden' || type === 'FieldValueTooLong' || type === 'InternalError';
  const value = silent || badValue === undefined ? '' : `: ${printed(badValue)}`;
  return `${words[type]}${value}${detail ? `: ${detail}` : ''}`;
}

/** `spec.replicas: Invalid value: -1: must be greater than or equal to 0`. */
export function fieldErrorText(error: FieldError): string {
  return `${error.path}: ${fieldErrorBody(error)}`;
}

// Strings with %q, numbers plain, everything else as Go's JSON encoder writes it: with <, > and & escaped.
function printed(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
