// One finding of validation, as k8s.io/apimachinery/pkg/util/validation/field has it. Rules return lists of these and never throw.

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
