// The rules of kinds that have no others yet: those for metadata.
import type { KubeObject } from '../../kube/object.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import type { NameRule } from './names.ts';
import { labelName, pathSegmentName, subdomainName } from './names.ts';
import { validateObjectMeta, validateReplacedMeta } from './object-meta.ts';

const nameRules: Readonly<Record<string, NameRule>> = {
  Service: labelName,
  StatefulSet: labelName,
  Role: pathSegmentName,
  RoleBinding: pathSegmentName,
  ClusterRole: pathSegmentName,
  ClusterRoleBinding: pathSegmentName,
};

export function metadataRules(kind: string): RulesOf<KubeObject> {
  const nameRule = (Object.hasOwn(nameRules, kind) && nameRules[kind]) || subdomainName;
  return {
    validate: (object) => findings((errors) => validateObjectMeta(object, nameRule, errors)),
    validateUpdate: (next, before) => findings((errors) => validateReplacedMeta(next, before, errors)),
  };
}
