// pods/ephemeralcontainers: containers may join a running pod, and then stay as they are (ValidatePodEphemeralContainersUpdate).
import { isEqual } from '../../kube/equal.ts';
import type { FieldError } from '../../kube/field-error.ts';
import type { Pod } from '../../schema/generated/types.ts';
import { findings } from '../field-errors.ts';
import { validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { unifiedDiff } from '../text/unified-diff.ts';
import { mirrorAnnotation } from './claims.ts';
import { validateMetadataAndSpec } from './pod.ts';

const path = root('spec', 'ephemeralContainers');

/** `next` differs from `before` in nothing but its ephemeral containers. */
export function validateEphemeralUpdate(next: Pod, before: Pod): readonly FieldError[] {
  if (before.metadata.annotations?.[mirrorAnnotation] !== undefined)
    return [{ type: 'FieldValueForbidden', path: '', detail: 'static pods do not support ephemeral containers' }];
  return findings((errors) => {
    validateReplacedMeta(next, before, errors);
    validateMetadataAndSpec(next, errors);
    for (const old of before.spec.ephemeralContainers ?? []) {
      const after = next.spec.ephemeralContainers?.find(({ name }) => name === old.name);
      if (!after) errors.forbidden(path, `existing ephemeral containers "${old.name}" may not be removed\n`);
      else if (!isEqual(after, old)) {
        const diff = unifiedDiff(goStruct('EphemeralContainer', old), goStruct('EphemeralContainer', after));
        errors.forbidden(path, `existing ephemeral containers "${old.name}" may not be changed\n${diff}`);
      }
    }
  });
}
