// Rules for storage classes. Only whether volumes may grow, and where they may be, can be changed.
import { isEqual } from '../../kube/equal.ts';
import type { StorageClass, TopologySelectorTerm } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { sortedMap, validateLabelName } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateObjectMetaUpdate } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { newNameOf } from '../warnings/node-labels.ts';
import { validateParameters, validateProvisioner } from './parameters.ts';

const reclaimPolicies = ['Delete', 'Retain'];
const bindingModes = ['Immediate', 'WaitForFirstConsumer'];

export const storageClassRules: RulesOf<StorageClass> = {
  validate: (object) => findings((errors) => validateClass(object, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateClass(next, errors);
      validateObjectMetaUpdate(next, before, errors);
      validateImmutable(next.parameters ?? {}, before.parameters ?? {}, root('parameters'), errors, sortedMap(next.parameters));
      for (const field of ['provisioner', 'reclaimPolicy', 'volumeBindingMode'] as const) {
        validateImmutable(next[field], before[field], root(field), errors, next[field] ?? '');
      }
    }),
  warnings: ({ allowedTopologies = [] }) =>
    allowedTopologies.flatMap(({ matchLabelExpressions = [] }, i) =>
      matchLabelExpressions.flatMap(({ key }, j) => {
        const newName = newNameOf(key);
        return newName ? [`allowedTopologies[${i}].matchLabelExpressions[${j}].key: ${newName}`] : [];
      }),
    ),
};

function validateClass(object: StorageClass, errors: FieldErrors): void {
  const { provisioner, parameters, reclaimPolicy, volumeBindingMode: mode, allowedTopologies } = object;
  validateObjectMeta(object, subdomainName, errors);
  validateProvisioner(provisioner, root('provisioner'), errors);
  validateParameters(parameters, root('parameters'), errors);
  if (reclaimPolicy && !reclaimPolicies.includes(reclaimPolicy)) errors.notSupported(root('reclaimPolicy'), reclaimPolicy, reclaimPolicies);
  if (mode !== undefined && !bindingModes.includes(mode)) errors.notSupported(root('volumeBindingMode'), mode, bindingModes);
  allowedTopologies?.forEach((term, i) => {
    const at = root('allowedTopologies').index(i).child('matchLabelExpressions');
    validateTopology(term, at, errors);
    for (const other of allowedTopologies.slice(0, i)) if (isEqual(valuesByKey(other), valuesByKey(term))) errors.duplicate(at, '');
    // The server compares with as many empty terms as there are terms.
    if (!term.matchLabelExpressions?.length) for (const _ of allowedTopologies) errors.duplicate(at, '');
  });
}

function validateTopology({ matchLabelExpressions = [] }: TopologySelectorTerm, path: Path, errors: FieldErrors): void {
  matchLabelExpressions.forEach(({ key, values = [] }, i) => {
    const at = path.index(i);
    if (!values?.length) errors.required(at.child('values'));
    values?.forEach((value, j) => {
      if (values.indexOf(value) < j) errors.duplicate(at.child('values').index(j), value);
    });
    validateLabelName(key, at.child('key'), errors);
    if (matchLabelExpressions.slice(0, i).some((other) => other.key === key)) errors.duplicate(at.child('key'), key);
  });
}

const valuesByKey = ({ matchLabelExpressions = [] }: TopologySelectorTerm) =>
  Object.fromEntries(matchLabelExpressions.map(({ key, values }) => [key, [...new Set(values)].sort()]));
