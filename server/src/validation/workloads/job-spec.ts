// Rules for the spec of a job, of its own or in a CronJob (pkg/apis/batch/validation validateJobSpec).
import { checkDns1123Subdomain } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { JobSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';
import { validatePodTemplate } from '../pod/template.ts';
import { templateWarnings } from '../warnings/pod.ts';
import { validateJobPolicies } from './job-policies.ts';

const maxParallelism = 100_000;
const maxFailedIndexes = 100_000;
const maxManagedByBytes = 63;
/** More completions than this need lower limits. */
const manyCompletions = 100_000;
const maxParallelismOfMany = 10_000;
const maxFailedIndexesOfMany = 10_000;

const counts = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

/** Everything but the selector. */
export function validateJobSpec(job: JobSpec, at: Path, errors: FieldErrors): void {
  for (const field of counts) validateNonNegative(job[field], at.child(field), errors);
  if (job.maxFailedIndexes !== undefined && job.backoffLimitPerIndex === undefined) {
    errors.required(at.child('backoffLimitPerIndex'), 'when maxFailedIndexes is specified');
  }
  if (job.managedBy !== undefined) validateManagedBy(job.managedBy, at.child('managedBy'), errors);
  validateCompletionMode(job, at, errors);
  validateJobPolicies(job, at, errors);
  validatePodTemplate(job.template, at.child('template'), errors);
  validateRestartPolicy(job, at.child('template').child('spec').child('restartPolicy'), errors);
}

/** A name with a domain in front: 'example.com/queue'. */
function validateManagedBy(name: string, at: Path, errors: FieldErrors): void {
  const slash = name.indexOf('/');
  const [domain, path] = [name.slice(0, slash), name.slice(slash + 1)];
  if (name === '') errors.required(at);
  else if (slash <= 0 || path === '') errors.invalid(at, name, 'must be a domain-prefixed path (such as "acme.io/foo")');
  else {
    errors.invalidEach(at, domain, checkDns1123Subdomain(domain));
    if (!httpPath.test(path)) errors.invalid(at, path, `Invalid path (regex used for validation is '${httpPathText}')`);
  }
  if (byteLength(name) > maxManagedByBytes) errors.tooLong(at, maxManagedByBytes);
}

const httpPathText = String.raw`[A-Za-z0-9/\-._~%!$&'()*+,;=:]+`;
const httpPath = new RegExp(`^${httpPathText}$`);

// ---- completion ----

function validateCompletionMode(job: JobSpec, at: Path, errors: FieldErrors): void {
  const { completionMode: mode } = job;
  if (mode === 'Indexed') return validateIndexed(job, at, errors);
  if (mode !== undefined && mode !== 'NonIndexed') return errors.notSupported(at.child('completionMode'), mode, ['NonIndexed', 'Indexed']);
  for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const) {
    if (job[field] !== undefined) errors.invalid(at.child(field), job[field], 'requires indexed completion mode');
  }
  return undefined;
}

function validateIndexed(job: JobSpec, at: Path, errors: FieldErrors): void {
  const { completions, parallelism = 0, maxFailedIndexes: failed } = job;
  if (completions === undefined) errors.required(at.child('completions'), 'when completion mode is Indexed');
  if (parallelism > maxParallelism) errors.invalid(at.child('parallelism'), parallelism, most(maxParallelism, ' when completion mode is Indexed'));
  if (completions !== undefined && failed !== undefined && failed > completions) {
    errors.invalid(at.child('maxFailedIndexes'), failed, 'must be less than or equal to completions');
  }
  if ((failed ?? 0) > maxFailedIndexes) errors.invalid(at.child('maxFailedIndexes'), failed, most(maxFailedIndexes));
  if ((completions ?? 0) <= manyCompletions || job.backoffLimitPerIndex === undefined) return;
  const when = ` when completions are above ${manyCompletions} and used with backoff limit per index`;
  if (failed === undefined) errors.required(at.child('maxFailedIndexes'), `must be specified when completions is above ${manyCompletions}`);
  if (parallelism > maxParallelismOfMany) errors.invalid(at.child('parallelism'), parallelism, most(maxParallelismOfMany, when));
  if ((failed ?? 0) > maxFailedIndexesOfMany) errors.invalid(at.child('maxFailedIndexes'), failed, most(maxFailedIndexesOfMany, when));
}

const most = (limit: number, when = '') => `must be less than or equal to ${limit}${when}`;

/** Always is what nothing becomes by default. */
function validateRestartPolicy({ template, podFailurePolicy }: JobSpec, at: Path, errors: FieldErrors): void {
  const { restartPolicy: policy } = template.spec;
  if (!policy || policy === 'Always') errors.required(at, 'valid values: "OnFailure", "Never"');
  else if (policy !== 'OnFailure' && policy !== 'Never') errors.notSupported(at, policy, ['OnFailure', 'Never']);
  else if (podFailurePolicy && policy !== 'Never') errors.invalid(at, policy, 'only "Never" is supported when podFailurePolicy is specified');
}

// ---- warnings ----

const tooManyIndexes =
  'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail';

export function jobSpecWarnings({ completionMode, completions = 0, parallelism = 0, template }: JobSpec, at: Path): readonly string[] {
  const isHuge = completionMode === 'Indexed' && completions > manyCompletions && parallelism > maxParallelismOfMany;
  return [...(isHuge ? [`${at}: ${tooManyIndexes}`] : []), ...templateWarnings(template, at.child('template'))];
}
