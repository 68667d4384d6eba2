// Rules for what CSI drivers say about a node.
import { isEqual } from '../../kube/equal.ts';
import { checkQualifiedName } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { CSINode, CSINodeDriver } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateDriverName } from '../volumes/driver-name.ts';

const at = root('spec', 'drivers');
const maxNodeIdBytes = 256;

export const csiNodeRules: RulesOf<CSINode> = {
  validate: (node) => findings((errors) => validateNode(node, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateNode(next, errors);
      validateChange(next.spec?.drivers ?? [], before.spec?.drivers ?? [], errors);
    }),
};

function validateNode(node: CSINode, errors: FieldErrors): void {
  validateObjectMeta(node, subdomainName, errors);
  const drivers = node.spec?.drivers ?? [];
  drivers.forEach((driver, i) => {
    const { name, nodeID = '', allocatable, topologyKeys = [] } = driver;
    const path = at.index(i);
    validateDriverName(name, path.child('name'), errors);
    if (!nodeID) errors.required(path.child('nodeID'));
    if (byteLength(nodeID) > maxNodeIdBytes) errors.invalid(path.child('nodeID'), nodeID, `must be ${maxNodeIdBytes} characters or less`);
    validateNonNegative(allocatable?.count, path.child('allocatable').child('count'), errors);
    if (drivers.slice(0, i).some((other) => other.name === name)) errors.duplicate(path.child('name'), name);
    validateTopologyKeys(topologyKeys ?? [], path, errors);
  });
}

function validateTopologyKeys(keys: readonly string[], path: Path, errors: FieldErrors): void {
  keys.forEach((key, i) => {
    if (key === '') errors.required(path);
    if (keys.indexOf(key) < i) errors.duplicate(path, key);
    errors.invalidEach(path, key, checkQualifiedName(key));
  });
}

/** A driver that is there stays what it is, but for the count of volumes that it can attach. */
function validateChange(next: readonly CSINodeDriver[], before: readonly CSINodeDriver[], errors: FieldErrors): void {
  for (const old of before) {
    for (const driver of next.filter(({ name }) => name === old.name)) {
      if (!isEqual(withoutCount(driver), withoutCount(old))) errors.invalid(at, goStruct('CSINodeDriver', withoutCount(driver)), 'field is immutable');
    }
  }
}

function withoutCount(driver: CSINodeDriver): Omit<CSINodeDriver, 'allocatable'> {
  const { allocatable: _, ...rest } = driver;
  return rest;
}
