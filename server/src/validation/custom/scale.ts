// The fields behind the scale subresource of a custom kind.
import type { FieldError } from '../../kube/field-error.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { CustomResourceSubresourceScale } from '../../schema/generated/types.ts';
import { isMap } from '../../schema/custom/structural.ts';

const maxInt32 = 2_147_483_647;

/** The value at a path like '.spec.replicas'; undefined when there is none. */
export function valueAt(object: unknown, path: string): unknown {
  let value = object;
  for (const name of path.split('.').slice(1)) {
    if (!isMap(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

export function validateScale(object: KubeObject, scale: CustomResourceSubresourceScale): readonly FieldError[] {
  const paths = [scale.specReplicasPath, scale.statusReplicasPath];
  return paths.flatMap((path) => replicasErrors(valueAt(object, path), path));
}

function replicasErrors(value: unknown, path: string): readonly FieldError[] {
  if (typeof value !== 'number') return [];
  const invalid = (detail: string): readonly FieldError[] => [{ type: 'FieldValueInvalid', path, badValue: value, detail }];
  if (value < 0) return invalid('should be a non-negative integer');
  return value > maxInt32 ? invalid(`should be less than or equal to ${maxInt32}`) : [];
}
