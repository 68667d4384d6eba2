// Rules for slices: which devices there are where.
import { checkDns1123Subdomain } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { ResourcePool, ResourceSlice, ResourceSliceSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { validateNodeSelector } from '../pod/affinity.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateDriverName } from '../volumes/driver-name.ts';
import { validateCounterSet, validateDevice } from './device.ts';
import { validateSet } from './lists.ts';

const at = root('spec');
const maxPoolNameBytes = 253;
const maxDevices = 128;
const maxDevicesWithTaintsOrCounters = 64;
const maxCounterSets = 8;

export const resourceSliceRules: RulesOf<ResourceSlice> = {
  validate: (slice) =>
    findings((errors) => {
      validateObjectMeta(slice, subdomainName, errors);
      validateSpec(slice.spec ?? {}, undefined, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateSpec(next.spec ?? {}, before.spec, errors);
    }),
};

function validateSpec(spec: Partial<ResourceSliceSpec>, before: ResourceSliceSpec | undefined, errors: FieldErrors): void {
  validateDriverName(spec.driver, at.child('driver'), errors);
  validatePool(spec.pool, errors);
  if (before) {
    validateImmutable(spec.pool?.name, before.pool.name, at.child('pool').child('name'), errors);
    validateImmutable(spec.driver, before.driver, at.child('driver'), errors);
    validateImmutable(spec.nodeName, before.nodeName, at.child('nodeName'), errors, spec.nodeName ?? null);
  }
  validateNodes(spec, errors);
  if (spec.sharedCounters && spec.devices) errors.invalid(at, '', 'only one of `sharedCounters` or `devices` is allowed');
  const isAdvanced = spec.devices?.some(({ taints, consumesCounters }) => taints?.length || consumesCounters?.length);
  const max = isAdvanced ? maxDevicesWithTaintsOrCounters : maxDevices;
  validateSet(
    spec.devices,
    max,
    (device, path) =>
      validateDevice(
        device,
        before?.devices?.find(({ name }) => name === device.name),
        spec.perDeviceNodeSelection === true,
        path,
        errors,
      ),
    ({ name }) => name,
    at.child('devices'),
    errors,
  );
  const counters = at.child('sharedCounters');
  validateSet(spec.sharedCounters, maxCounterSets, validateCounterSet, ({ name }) => name, counters, errors);
}

function validatePool({ name = '', resourceSliceCount = 0, generation = 0 }: Partial<ResourcePool> = {}, errors: FieldErrors): void {
  const field = at.child('pool');
  if (!name) errors.required(field.child('name'));
  else {
    if (byteLength(name) > maxPoolNameBytes) errors.tooLong(field.child('name'), maxPoolNameBytes);
    for (const part of name.split('/')) errors.invalidEach(field.child('name'), part, checkDns1123Subdomain(part));
  }
  if (resourceSliceCount <= 0) errors.invalid(field.child('resourceSliceCount'), resourceSliceCount, 'must be greater than zero');
  if (generation < 0) errors.invalid(field.child('generation'), generation, 'must be greater than or equal to zero');
}

const oneOf = 'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';

/** Where the devices are is said in exactly one way. */
function validateNodes(spec: Partial<ResourceSliceSpec>, errors: FieldErrors): void {
  const { nodeName, nodeSelector } = spec;
  const set: string[] = [];
  if (nodeName) errors.invalidEach(at.child('nodeName'), nodeName, checkDns1123Subdomain(nodeName));
  else if (nodeName === '') errors.invalid(at.child('nodeName'), nodeName, 'must be either unset or set to a non-empty string');
  if (nodeName) set.push('`nodeName`');
  if (nodeSelector) {
    set.push('`nodeSelector`');
    validateNodeSelector(nodeSelector, at.child('nodeSelector'), errors);
    const terms = nodeSelector.nodeSelectorTerms ?? [];
    const printed = nodeSelector.nodeSelectorTerms ? terms.map((term) => goStruct('NodeSelectorTerm', term)) : null;
    if (terms.length !== 1) errors.invalid(at.child('nodeSelector').child('nodeSelectorTerms'), printed, 'must have exactly one node selector term');
  }
  for (const field of ['allNodes', 'perDeviceNodeSelection'] as const) {
    if (spec[field]) set.push(`\`${field}\``);
    else if (spec[field] === false) errors.invalid(at.child(field), false, 'must be either unset or set to true');
  }
  if (set.length === 0) errors.required(at, oneOf);
  if (set.length > 1) errors.invalid(at, `{${set.join(', ')}}`, `${oneOf}, but multiple fields are set`);
}
