import type { FieldError } from '../../kube/field-error.ts';
import type { Schema } from '../../schema/custom/structural.ts';
export const validateExpressions = (_object: unknown, _before: unknown, _schema: Schema): (() => readonly FieldError[]) | undefined => undefined;
