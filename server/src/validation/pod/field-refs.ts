// Rules for what environment variables and downward API files may read from a pod.
import { checkQualifiedName } from '../../kube/names.ts';
import { canonicalQuantity } from '../../kube/quantity.ts';
import type { ObjectFieldSelector, ResourceFieldSelector } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

/** What an environment variable can hold, and what a file can; sorted, as they are printed. */
export const environmentFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
export const fileFields = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];

/** Fields that have a name in the downward API at all, beside labels and annotations with a key. */
const knownFields = new Set([...environmentFields, ...fileFields, 'spec.restartPolicy', 'spec.schedulerName', 'status.phase']);

export function validateFieldRef(ref: ObjectFieldSelector, supported: readonly string[], at: Path, errors: FieldErrors): void {
  const { apiVersion = '', fieldPath = '' } = ref as Partial<ObjectFieldSelector>;
  if (!apiVersion) return errors.required(at.child('apiVersion'));
  if (!fieldPath) return errors.required(at.child('fieldPath'));
  const [, path = fieldPath, key] = /^(.+?)\['(.*)'\]$/s.exec(fieldPath) ?? [];
  const problem = conversionProblem(apiVersion, fieldPath, path, key);
  if (problem) return errors.invalid(at.child('fieldPath'), fieldPath, `error converting fieldPath: ${problem}`);
  if (key === undefined) {
    const field = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
    if (!supported.includes(field)) errors.notSupported(at.child('fieldPath'), field, supported);
    return undefined;
  }
  const name = path === 'metadata.annotations' ? key.toLowerCase() : key;
  return errors.invalidEach(at, name, checkQualifiedName(name));
}

/** pods.ConvertDownwardAPIFieldLabel. */
function conversionProblem(apiVersion: string, fieldPath: string, path: string, key: string | undefined): string | undefined {
  if (apiVersion !== 'v1') return `unsupported pod version: ${apiVersion}`;
  if (key !== undefined) {
    return path === 'metadata.annotations' || path === 'metadata.labels' ? undefined : `field label does not support subscript: ${fieldPath}`;
  }
  return knownFields.has(fieldPath) || fieldPath === 'spec.host' ? undefined : `field label not supported: ${fieldPath}`;
}

const resourceFields = ['limits.cpu', 'limits.ephemeral-storage', 'limits.memory', 'requests.cpu', 'requests.ephemeral-storage', 'requests.memory'];
const sizes = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** What a resource may be divided by, and how the server names the resource when it may not. */
const divisors: readonly { readonly resource: RegExp; readonly values: readonly string[]; readonly text: string; readonly name: string }[] = [
  { resource: /^(limits|requests)\.cpu$/, values: ['1m', '1'], text: '1m and 1', name: 'cpu' },
  { resource: /^(limits|requests)\.memory$/, values: sizes, text: sizes.join(', '), name: 'memory' },
  { resource: /^(limits|requests)\.ephemeral-storage$/, values: sizes, text: sizes.join(', '), name: 'local ephemeral storage' },
  { resource: /^(limits|requests)\.hugepages-/, values: sizes, text: sizes.join(', '), name: 'hugepages' },
];

/** In a file the container must be named; in an environment variable it is the variable's own. */
export function validateResourceFieldRef(ref: ResourceFieldSelector, isFile: boolean, at: Path, errors: FieldErrors): void {
  const { containerName = '', resource = '', divisor } = ref as Partial<ResourceFieldSelector>;
  if (isFile && !containerName) errors.required(at.child('containerName'));
  else if (!resource) errors.required(at.child('resource'));
  else if (!resourceFields.includes(resource) && !/^(limits|requests)\.hugepages-/.test(resource)) {
    errors.notSupported(at.child('resource'), resource, resourceFields);
  }
  const canonical = canonicalQuantity(String(divisor ?? '0'));
  if ('error' in canonical || canonical.text === '0') return;
  const rule = divisors.find((row) => row.resource.test(resource));
  if (rule && !rule.values.includes(canonical.text)) {
    const supported = rule.name === 'cpu' ? 'are supported with the cpu resource' : `are supported with the ${rule.name} resource`;
    errors.invalid(at.child('divisor'), resource, `only divisor's values ${rule.text} ${supported}`);
  }
}
