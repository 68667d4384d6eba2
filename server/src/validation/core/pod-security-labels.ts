// Labels of a namespace that say how safe its pods must be (k8s.io/pod-security-admission/api).
import type { StringMap } from '../../kube/object.ts';
import type { FieldErrors } from '../field-errors.ts';
import { root } from '../path.ts';

const prefix = 'pod-security.kubernetes.io/';
const levels = ['privileged', 'baseline', 'restricted'];

export function validatePodSecurityLabels(labels: StringMap | undefined, errors: FieldErrors): void {
  for (const mode of ['enforce', 'audit', 'warn']) {
    const [level, version] = [labels?.[prefix + mode], labels?.[`${prefix}${mode}-version`]];
    if (level !== undefined && !levels.includes(level)) {
      errors.invalid(root('metadata', 'labels').key(prefix + mode), level, `must be one of ${levels.join(', ')}`);
    }
    if (version !== undefined && version !== 'latest' && !/^v1\.([0-9]|[1-9][0-9]*)$/.test(version)) {
      errors.invalid(root('metadata', 'labels').key(`${prefix}${mode}-version`), version, 'must be "latest" or "v1.x"');
    }
  }
}
