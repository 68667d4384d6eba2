// The fields behind the scale subresource of a custom kind.
// Source: ValidateScaleSpec, ValidateScaleStatus (apiextensions-apiserver pkg/registry/customresource/validator.go).
import type { FieldError } from '../../kube/field-error.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { CustomResourceSubresourceScale } from '../../schema/generated/types.ts';
import { integerAt, textAt } from './nested.ts';

const maxInt32 = 2_147_483_647;

export function validateScale(
  object: KubeObject,
  { specReplicasPath, statusReplicasPath, labelSelectorPath }: CustomResourceSubresourceScale,
): readonly FieldError[] {
  const errors = [...replicasErrors(object, specReplicasPath), ...replicasErrors(object, statusReplicasPath)];
  const selector = labelSelectorPath === undefined ? undefined : textAt(object, labelSelectorPath);
  return selector && 'error' in selector ? [...errors, { type: 'FieldValueInvalid', path: labelSelectorPath!, badValue: '', detail: selector.error }] : errors;
}

function replicasErrors(object: KubeObject, path: string): readonly FieldError[] {
  const replicas = integerAt(object, path);
  const invalid = (badValue: number, detail: string): readonly FieldError[] => [{ type: 'FieldValueInvalid', path, badValue, detail }];
  if ('error' in replicas) return invalid(0, replicas.error);
  const { value = 0 } = replicas;
  if (value < 0) return invalid(value, 'should be a non-negative integer');
  return value > maxInt32 ? invalid(value, `should be less than or equal to ${maxInt32}`) : [];
}
