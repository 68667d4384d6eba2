// Rules for where a pod wants to run: near which nodes and which other pods.
import { checkDns1123Label, checkDns1123Subdomain, checkLabelValue } from '../../kube/names.ts';
import type {
  Affinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  PreferredSchedulingTerm,
} from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateLabelName, validateLabelSelector } from '../metadata/labels.ts';
import type { Path } from '../path.ts';
import { validateMatchLabelKeys } from './match-label-keys.ts';

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

export function validateAffinity(affinity: Affinity | undefined, at: Path, errors: FieldErrors): void {
  if (!affinity) return;
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  const nodes = at.child('nodeAffinity');
  if (nodeAffinity?.[required]) validateNodeSelector(nodeAffinity[required], nodes.child(required), errors);
  nodeAffinity?.[preferred]?.forEach((term, i) => validatePreferredTerm(term, nodes.child(preferred).index(i), errors));
  if (podAffinity) validatePodAffinity(podAffinity, at.child('podAffinity'), errors);
  if (podAntiAffinity) validatePodAffinity(podAntiAffinity, at.child('podAntiAffinity'), errors);
}

// ---- nodes ----

export function validateNodeSelector({ nodeSelectorTerms }: NodeSelector, at: Path, errors: FieldErrors): void {
  const path = at.child('nodeSelectorTerms');
  if (!nodeSelectorTerms?.length) return errors.required(path, 'must have at least one node selector term');
  return nodeSelectorTerms.forEach((term, i) => validateTerm(term, true, path.index(i), errors));
}

function validatePreferredTerm({ weight, preference }: PreferredSchedulingTerm, at: Path, errors: FieldErrors): void {
  validateWeight(weight, at.child('weight'), errors);
  // Values that can be no label are let through here, for a term that never matches does no harm.
  validateTerm(preference, false, at.child('preference'), errors);
}

function validateTerm({ matchExpressions, matchFields }: NodeSelectorTerm, checkValues: boolean, at: Path, errors: FieldErrors): void {
  matchExpressions?.forEach((requirement, i) => validateExpression(requirement, checkValues, at.child('matchExpressions').index(i), errors));
  matchFields?.forEach((requirement, i) => validateNodeField(requirement, at.child('matchFields').index(i), errors));
}

function validateExpression(requirement: NodeSelectorRequirement, checkValues: boolean, at: Path, errors: FieldErrors): void {
  const { key, operator, values = [] } = requirement;
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) errors.required(at.child('values'), "must be specified when `operator` is 'In' or 'NotIn'");
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) errors.forbidden(at.child('values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
      break;
    case 'Gt':
    case 'Lt':
      if (values.length !== 1) errors.required(at.child('values'), "must be specified single value when `operator` is 'Lt' or 'Gt'");
      break;
    default:
      errors.invalid(at.child('operator'), operator, 'not a valid selector operator');
  }
  validateLabelName(key, at.child('key'), errors);
  if (checkValues) values.forEach((value, i) => errors.invalidEach(at.child('values').index(i), value, checkLabelValue(value)));
}

/** The one field of nodes that can be asked for is the name. */
function validateNodeField({ key, operator, values = [] }: NodeSelectorRequirement, at: Path, errors: FieldErrors): void {
  if (operator !== 'In' && operator !== 'NotIn') errors.invalid(at.child('operator'), operator, 'not a valid selector operator');
  else if (values.length !== 1) errors.required(at.child('values'), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
  if (key !== 'metadata.name') return errors.invalid(at.child('key'), key, 'not a valid field selector key');
  return values.forEach((value, i) => errors.invalidEach(at.child('values').index(i), value, checkDns1123Subdomain(value)));
}

function validateWeight(weight: number, at: Path, errors: FieldErrors): void {
  if (weight <= 0 || weight > 100) errors.invalid(at, weight, 'must be in the range 1-100');
}

// ---- pods ----

function validatePodAffinity(affinity: PodAffinity, at: Path, errors: FieldErrors): void {
  affinity[required]?.forEach((term, i) => validatePodTerm(term, at.child(required).index(i), errors));
  affinity[preferred]?.forEach(({ weight, podAffinityTerm }, i) => {
    const path = at.child(preferred).index(i);
    validateWeight(weight, path.child('weight'), errors);
    validatePodTerm(podAffinityTerm, path.child('podAffinityTerm'), errors);
  });
}

function validatePodTerm(term: PodAffinityTerm, at: Path, errors: FieldErrors): void {
  const { labelSelector, namespaceSelector, namespaces, topologyKey, matchLabelKeys, mismatchLabelKeys } = term;
  validateLabelSelector(labelSelector, at.child('labelSelector'), errors);
  validateLabelSelector(namespaceSelector, at.child('namespaceSelector'), errors);
  for (const namespace of namespaces ?? []) errors.invalidEach(at.child('namespace'), namespace, checkDns1123Label(namespace));
  validateMatchLabelKeys(matchLabelKeys, mismatchLabelKeys, labelSelector, at, errors);
  if (!topologyKey) errors.required(at.child('topologyKey'), 'can not be empty');
  validateLabelName(topologyKey, at.child('topologyKey'), errors);
}
