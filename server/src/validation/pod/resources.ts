// Rules for what containers and whole pods request and may use at most.
import { checkDns1123Label, checkQualifiedName } from '../../kube/names.ts';
import type { Quantity } from '../../kube/quantity.ts';
import { compareQuantities, formatQuantity, quantityOf, quantityToNumber } from '../../kube/quantity.ts';
import type { ResourceClaim, ResourceRequirements } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

export type ResourceList = Readonly<Record<string, string>>;
type NameRule = (name: string, at: Path, errors: FieldErrors) => void;

const zero = quantityOf('0');

// ---- names of resources ----

const containerResources = new Set(['cpu', 'memory', 'ephemeral-storage']);
const quotaResources = [
  'cpu memory ephemeral-storage requests.cpu requests.memory requests.storage requests.ephemeral-storage limits.cpu limits.memory limits.ephemeral-storage',
  'pods resourcequotas services replicationcontrollers secrets persistentvolumeclaims configmaps services.nodeports services.loadbalancers storage',
].join(' ');
const standardResources = new Set(quotaResources.split(' '));
/** Resources counted by whole units. */
const integerResources = new Set(
  'pods resourcequotas services replicationcontrollers secrets configmaps persistentvolumeclaims services.nodeports services.loadbalancers'.split(' '),
);

export const isHugePages = (name: string) => name.startsWith('hugepages-');
/** Without a domain in front, or with one of kubernetes.io. */
export const isNative = (name: string) => !name.includes('/') || name.includes('kubernetes.io/');
/** cpu and memory may be promised more than once; GPUs and huge pages not, so request and limit are equal. */
export const isOvercommitAllowed = (name: string) => isNative(name) && !isHugePages(name);
/** 'nvidia.com/gpu': a domain of its own, and still a label key with 'requests.' in front, as in quotas. */
export const isExtended = (name: string) => !isNative(name) && !name.startsWith('requests.') && checkQualifiedName(`requests.${name}`).length === 0;
const isIntegerResource = (name: string) => integerResources.has(name) || isExtended(name);

export function validateResourceName(name: string, at: Path, errors: FieldErrors): void {
  const findings = checkQualifiedName(name);
  errors.invalidEach(at, name, findings);
  if (findings.length > 0 || name.includes('/')) return;
  if (!standardResources.has(name) && !isHugePages(name.replace(/^requests\./, '')))
    errors.invalid(at, name, 'must be a standard resource type or fully qualified');
}

export function validateContainerResourceName(name: string, at: Path, errors: FieldErrors): void {
  validateResourceName(name, at, errors);
  if (!name.includes('/')) {
    if (!containerResources.has(name) && !isHugePages(name)) errors.invalid(at, name, 'must be a standard resource for containers');
  } else if (!isNative(name) && !isExtended(name)) errors.invalid(at, name, "doesn't follow extended resource name standard");
}

function validatePodResourceName(name: string, at: Path, errors: FieldErrors): void {
  const before = errors.count;
  validateResourceName(name, at, errors);
  if (errors.count > before) return;
  if (name !== 'cpu' && name !== 'memory' && !isHugePages(name)) errors.notSupported(at, name, ['cpu', 'hugepages-', 'memory']);
}

// ---- amounts ----

export function validateResourceAmount(name: string, amount: Quantity, at: Path, errors: FieldErrors): void {
  if (compareQuantities(amount, zero) < 0) errors.invalid(at, formatQuantity(amount), 'must be greater than or equal to 0');
  if (isIntegerResource(name) && quantityToNumber(amount, -3) % 1000 !== 0) errors.invalid(at, formatQuantity(amount), 'must be an integer');
}

/** '4Mi' of hugepages-2Mi is two pages; '3Mi' is not whole pages, and '0' is none. */
function validateHugePages(name: string, amount: Quantity, at: Path, errors: FieldErrors): void {
  if (!isHugePages(name)) return;
  const page = quantityToNumber(quantityOf(name.slice('hugepages-'.length)));
  const value = quantityToNumber(amount);
  if (page > 0 && value % page === 0) return;
  errors.invalid(at, formatQuantity(amount), `${formatQuantity(amount)} is not positive integer multiple of ${name}`);
}

// ---- requirements ----

export function validateContainerResources(resources: ResourceRequirements, claimNames: ReadonlySet<string>, at: Path, errors: FieldErrors): void {
  validateRequirements(resources, validateContainerResourceName, claimNames, at, errors);
}

export function validatePodLevelResources(resources: ResourceRequirements, claimNames: ReadonlySet<string>, at: Path, errors: FieldErrors): void {
  validateRequirements(resources, validatePodResourceName, claimNames, at, errors);
}

function validateRequirements(resources: ResourceRequirements, nameRule: NameRule, claimNames: ReadonlySet<string>, at: Path, errors: FieldErrors): void {
  const limits = (resources.limits ?? {}) as ResourceList;
  const requests = (resources.requests ?? {}) as ResourceList;
  for (const [name, text] of Object.entries(limits)) validateAmount(name, quantityOf(text), nameRule, at.child('limits'), errors);
  for (const [name, text] of Object.entries(requests)) {
    const amount = quantityOf(text);
    const entry = at.child('requests').key(name);
    nameRule(name, entry, errors);
    validateResourceAmount(name, amount, entry, errors);
    compareWithLimit(name, amount, limits[name], at, errors);
    validateHugePages(name, amount, entry, errors);
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.some((name) => name === 'cpu' || name === 'memory')) errors.forbidden(at, 'HugePages require cpu or memory');
  if (resources.claims) validateClaims(resources.claims, claimNames, at.child('claims'), errors);
}

function validateAmount(name: string, amount: Quantity, nameRule: NameRule, path: Path, errors: FieldErrors): void {
  const at = path.key(name);
  nameRule(name, at, errors);
  validateResourceAmount(name, amount, at, errors);
  validateHugePages(name, amount, at, errors);
}

function compareWithLimit(name: string, request: Quantity, limitText: string | undefined, at: Path, errors: FieldErrors): void {
  if (limitText === undefined) {
    if (!isOvercommitAllowed(name)) errors.required(at.child('limits'), 'Limit must be set for non overcommitable resources');
    return;
  }
  const limit = quantityOf(limitText);
  const order = compareQuantities(request, limit);
  if (order !== 0 && !isOvercommitAllowed(name)) {
    errors.invalid(at.child('requests'), formatQuantity(request), `must be equal to ${name} limit of ${formatQuantity(limit)}`);
  } else if (order > 0) {
    errors.invalid(at.child('requests'), formatQuantity(request), `must be less than or equal to ${name} limit of ${formatQuantity(limit)}`);
  }
}

/** Overhead is checked as if it were the limits of a container. */
export function validateOverhead(overhead: ResourceList, at: Path, errors: FieldErrors): void {
  validateContainerResources({ limits: overhead }, new Set(), at, errors);
}

// ---- claims ----

/** A container may use a whole claim of its pod, or single requests of it, but nothing twice. */
function validateClaims(claims: readonly ResourceClaim[], claimNames: ReadonlySet<string>, path: Path, errors: FieldErrors): void {
  const used = new Set<string>();
  claims.forEach(({ name, request }, i) => {
    const at = path.index(i);
    if (!name) return errors.required(at);
    if (used.has(name)) errors.duplicate(at, name);
    else {
      const key = request ? `${name}/${request}` : name;
      if (request) errors.invalidEach(at.child('request'), request, checkDns1123Label(request));
      if (used.has(key)) errors.duplicate(at, key);
      else if (!request) for (const other of used) if (other.startsWith(`${name}/`)) errors.duplicate(at, name);
      used.add(key);
    }
    if (claimNames.has(name)) return undefined;
    const known = claimNames.size === 0 ? ' which is empty' : `: ${[...claimNames].sort().join(', ')}`;
    return errors.notFound(at, name, `must be one of the names in pod.spec.resourceClaims${known}`);
  });
}
