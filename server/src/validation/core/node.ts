// Rules for nodes.
import { checkLabelValue } from '../../kube/names.ts';
import { byteLength, quote } from '../../kube/quote.ts';
import { quantityOf } from '../../kube/quantity.ts';
import type { Node, NodeAddress, Taint } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { checkCidr, checkCidrForm, ipFamily } from '../ip.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateLabelName } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateObjectMetaUpdate } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import type { ResourceList } from '../pod/resources.ts';
import { validateResourceAmount } from '../pod/resources.ts';
import { validateTaintEffect } from '../pod/tolerations.ts';
import { goStruct } from '../text/go-struct.ts';

export const nodeRules: RulesOf<Node> = {
  validate: (node) => findings((errors) => validateNode(node, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateNode(next, errors);
      validateUpdate(next, before, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateUpdate(next, before, errors);
    }),
  warnings({ spec }) {
    const ranges = spec?.podCIDRs ?? [];
    return [
      ...(spec?.configSource ? ['spec.configSource: the feature is removed'] : []),
      ...(spec?.externalID ? ['spec.externalID: this field is deprecated, and is unused by Kubernetes'] : []),
      ...ranges.flatMap((range, i) => checkCidrForm(range).map((finding) => `spec.podCIDRs[${i}]: ${finding}`)),
    ];
  },
};

function validateNode(node: Node, errors: FieldErrors): void {
  validateObjectMeta(node, subdomainName, errors);
  validateTaints(node.spec?.taints, errors);
  validateAmounts(node, errors);
  const swap = node.status?.nodeInfo?.swap?.capacity;
  if (swap !== undefined && swap <= 0) errors.invalid(root('metadata', 'nodeSwapStatus', 'capacity'), swap, 'must be greater than zero');
  validateDeclaredFeatures(node, errors);
  validatePodCidrs(node.spec?.podCIDRs ?? [], errors);
}

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
  if (ranges.length < 2) return;
  const families = ranges.map(ipFamily);
  const strange = families.indexOf(undefined);
  if (strange >= 0) {
    const problem = `invalid CIDR[${strange}]: <nil> (invalid CIDR address: ${ranges[strange]})`;
    errors.internal(at, `invalid PodCIDRs. failed to check with dual stack with error:${problem}`);
  }
  if (ranges.length > 2 || strange >= 0 || families[0] === families[1]) errors.invalid(at, ranges, 'may specify no more than one CIDR for each IP family');
}

/** 'MyFeature', 'MyFeature/part': in order, each once. */
function validateDeclaredFeatures({ status }: Node, errors: FieldErrors): void {
  const features = status?.declaredFeatures ?? [];
  features.forEach((feature, i) => {
    const at = root('status', 'declaredFeatures');
    const problem = problemOfFeature(feature);
    if (problem) errors.invalid(at.index(i), feature, `invalid feature name ${quote(feature)}: ${problem}`);
    const next = features[i + 1];
    if (next === undefined) return;
    if (next === feature) errors.duplicate(at.index(i + 1), next);
    else if (next < feature) errors.invalid(at.index(i + 1), next, 'list must be sorted alphabetically');
  });
}

const maxFeatureBytes = 253;
const featureText =
  "must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes";

function problemOfFeature(name: string): string | undefined {
  if (byteLength(name) > maxFeatureBytes) return `must be no more than ${maxFeatureBytes} characters`;
  return /^[A-Z][A-Za-z0-9]*(\/[A-Za-z][A-Za-z0-9]*)*$/.test(name) ? undefined : featureText;
}

function validateUpdate(next: Node, before: Node, errors: FieldErrors): void {
  validateObjectMetaUpdate(next, before, errors);
  validateAmounts(next, errors);
  validateDeclaredFeatures(next, errors);
  validateAddresses(next.status?.addresses ?? [], errors);
  const [spec, old] = [next.spec ?? {}, before.spec ?? {}];
  for (let count = changedRanges(spec.podCIDRs ?? [], old.podCIDRs ?? []); count > 0; count--) {
    errors.forbidden(root('spec', 'podCIDRs'), 'node updates may not change podCIDR except from "" to valid');
  }
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

/** How many ranges are not what they were; another number of them counts as one. */
function changedRanges(next: readonly string[], before: readonly string[]): number {
  if (before.length === 0) return 0;
  return next.length === before.length ? before.filter((range, i) => range !== next[i]).length : 1;
}
