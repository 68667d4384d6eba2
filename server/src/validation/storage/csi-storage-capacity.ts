// Rules for how much storage there is where.
import { isEqual } from '../../kube/equal.ts';
import { checkDns1123Subdomain } from '../../kube/names.ts';
import { compareQuantities, formatQuantity, quantityOf } from '../../kube/quantity.ts';
import type { CSIStorageCapacity } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { printedSelector, validateLabelSelector } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateObjectMetaUpdate } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { newNameOf } from '../warnings/node-labels.ts';

export const csiStorageCapacityRules: RulesOf<CSIStorageCapacity> = {
  validate: (capacity) => findings((errors) => validateCapacity(capacity, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateCapacity(next, errors);
      validateObjectMetaUpdate(next, before, errors);
      const topology = next.nodeTopology ? printedSelector(next.nodeTopology) : null;
      if (!isEqual(next.nodeTopology, before.nodeTopology)) errors.invalid(root('nodeTopology'), topology, 'field is immutable');
      validateImmutable(next.storageClassName, before.storageClassName, root('storageClassName'), errors, next.storageClassName ?? '');
    }),
  warnings({ nodeTopology }) {
    const at = root('nodeTopology');
    const expressions = (nodeTopology?.matchExpressions ?? []).map(({ key }, i) => [key, at.child('matchExpressions').index(i).child('key')] as const);
    const labels = Object.keys(nodeTopology?.matchLabels ?? {}).map((key) => [key, at.child('matchLabels').key(key)] as const);
    return [...expressions, ...labels].flatMap(([key, path]) => {
      const newName = newNameOf(key);
      return newName ? [`${path}: ${newName}`] : [];
    });
  },
};

const zero = quantityOf(0);

function validateCapacity(object: CSIStorageCapacity, errors: FieldErrors): void {
  const { nodeTopology, storageClassName = '', capacity } = object;
  validateObjectMeta(object, subdomainName, errors);
  validateLabelSelector(nodeTopology, root('nodeTopology'), errors);
  errors.invalidEach(root('storageClassName'), storageClassName, checkDns1123Subdomain(storageClassName));
  if (capacity === undefined) return;
  const amount = quantityOf(capacity);
  if (compareQuantities(amount, zero) < 0) errors.invalid(root('capacity'), formatQuantity(amount), 'must be greater than or equal to 0');
}
