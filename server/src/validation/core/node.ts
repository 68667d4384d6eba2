// Rules for nodes.
import { checkLabelValue } from '../../kube/names.ts';
import { quantityOf } from '../../kube/quantity.ts';
import type { Node, NodeAddress, Taint } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { checkCidr, ipFamily } from '../ip.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateLabelName } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import type { ResourceList } from '../pod/resources.ts';
import { validateResourceAmount } from '../pod/resources.ts';
import { validateTaintEffect } from '../pod/tolerations.ts';
import { goStruct } from '../text/go-struct.ts';

export const nodeRules: RulesOf<Node> = {
  validate: (node) =>
    findings((errors) => {
      validateObjectMeta(node, subdomainName, errors);
      validateTaints(node.spec?.taints, errors);
      validateAmounts(node, errors);
      validatePodCidrs(node.spec?.podCIDRs ?? [], errors);
    }),
  validateUpdate: (next, before) => findings((errors) => validateUpdate(next, before, errors)),
  validateStatusUpdate: (next, before) => findings((errors) => validateUpdate(next, before, errors)),
};

// The server looks for taints in metadata, where they were as an annotation once.
function validateTaints(taints: readonly Taint[] | undefined, errors: FieldErrors): void {
  taints?.forEach((taint, i) => {
    const { key, value = '', effect } = taint;
    const at = root('metadata', 'taints').index(i);
    validateLabelName(key, at.child('key'), errors);
    const problems = checkLabelValue(value);
    if (problems.length > 0) errors.invalid(at.child('value'), value, problems.join(';'));
    if (effect) validateTaintEffect(effect, at.child('effect'), errors);
    else errors.required(at.child('effect'));
    const isRepeated = taints.slice(0, i).some((other) => other.key === key && other.effect === effect);
    if (isRepeated) errors.duplicate(at, goStruct('Taint', taint), 'taints must be unique by key and effect pair');
  });
}

function validateAmounts({ status }: Node, errors: FieldErrors): void {
  for (const list of ['capacity', 'allocatable'] as const) {
    for (const [name, amount] of Object.entries((status?.[list] ?? {}) as ResourceList)) {
      validateResourceAmount(name, quantityOf(amount), root('status', list, name), errors);
    }
  }
}

function validatePodCidrs(ranges: readonly string[], errors: FieldErrors): void {
  const at = root('spec', 'podCIDRs');
  ranges.forEach((range, i) => errors.invalidEach(at.index(i), range, checkCidr(range)));
  const families = new Set(ranges.map(ipFamily));
  if (ranges.length > 2 || families.size < ranges.length) errors.invalid(at, ranges, 'may specify no more than one CIDR for each IP family');
}

function validateUpdate(next: Node, before: Node, errors: FieldErrors): void {
  validateReplacedMeta(next, before, errors);
  validateAmounts(next, errors);
  validateAddresses(next.status?.addresses ?? [], errors);
  const [spec, old] = [next.spec ?? {}, before.spec ?? {}];
  const isSameRange = old.podCIDRs?.length === spec.podCIDRs?.length && old.podCIDRs?.every((range, i) => range === spec.podCIDRs?.[i]);
  if (old.podCIDRs?.length && !isSameRange) errors.forbidden(root('spec', 'podCIDRs'), 'node updates may not change podCIDR except from "" to valid');
  if (old.providerID && old.providerID !== spec.providerID) {
    errors.forbidden(root('spec', 'providerID'), 'node updates may not change providerID except from "" to valid');
  }
  validateTaints(spec.taints, errors);
  if (old.externalID !== spec.externalID) errors.forbidden(root('spec', 'externalID'), 'may not be updated');
}

function validateAddresses(addresses: readonly NodeAddress[], errors: FieldErrors): void {
  addresses.forEach((address, i) => {
    const isRepeated = addresses.slice(0, i).some((other) => other.type === address.type && other.address === address.address);
    if (isRepeated) errors.duplicate(root('status', 'addresses').index(i), goStruct('NodeAddress', address));
  });
}
