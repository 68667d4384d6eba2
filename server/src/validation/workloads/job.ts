// Rules for jobs (pkg/apis/batch/validation): names, the generated selector, what an update may change.
import { matches, selectorOf } from '../../kube/label-selector.ts';
import { checkDns1123Label } from '../../kube/names.ts';
import type { Job, JobSpec, PodSpec, PodTemplateSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { printedSelector, sortedMap, validateLabelSelector } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateObjectMetaUpdate } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { nameLabels, rehearseJob, uidLabels } from './job-selector.ts';
import { jobSpecWarnings, validateJobSpec } from './job-spec.ts';
import { isTrue, validateJobStatus } from './job-status.ts';
import { isNewGeneration, podNameWarnings, validateSelected } from './template.ts';

const spec = root('spec');

export const jobRules: RulesOf<Job> = {
  rehearse: rehearseJob,
  validate: (job) => findings((errors) => validateJob(job, true, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateJob(next, hasNewLabels(before), errors);
      validateObjectMetaUpdate(next, before, errors);
      validateSpec(next.spec, errors);
      validateSpecUpdate(next, before, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateObjectMetaUpdate(next, before, errors);
      validateJobStatus(next, before, errors);
    }),
  warnings: (next, before) => [
    ...(before ? [] : podNameWarnings(next.metadata.name)),
    ...(before && !isNewGeneration(next, before) ? [] : jobSpecWarnings(next.spec, spec)),
  ],
};

function validateJob(job: Job, withNewLabels: boolean, errors: FieldErrors): void {
  validateObjectMeta(job, subdomainName, errors);
  validateGenerated(job, withNewLabels, errors);
  validateSpec(job.spec, errors);
  const { name } = job.metadata;
  const { completionMode, completions = 0 } = job.spec;
  if (completionMode !== 'Indexed' || completions <= 0) return;
  // The pod of each index has its number behind the name.
  const longest = `${name}-${completions - 1}`;
  if (checkDns1123Label(longest).length > 0) errors.invalid(root('metadata', 'name'), name, `will not able to create pod with invalid DNS label: ${longest}`);
}

function validateSpec(job: JobSpec, errors: FieldErrors): void {
  validateJobSpec(job, spec, errors);
  if (job.selector) validateLabelSelector(job.selector, spec.child('selector'), errors);
  else errors.required(spec.child('selector'));
  validateSelected(job.selector, job.template, spec.child('template'), errors);
}

// ---- the generated selector ----

/** Jobs of old servers have only the old labels. */
function hasNewLabels({ spec: { template } }: Job): boolean {
  return [uidLabels[1], nameLabels[1]].every((label) => template.metadata?.labels?.[label] !== undefined);
}

function validateGenerated({ metadata: { name, uid }, spec: job }: Job, withNewLabels: boolean, errors: FieldErrors): void {
  if (job.manualSelector || !job.selector) return;
  if (!uid) errors.required(root('metadata', 'uid'));
  const expected: Record<string, string> = {};
  for (const [i, ofUid] of uidLabels.entries()) {
    if (i > 0 && !withNewLabels) continue;
    validateLabel(job, ofUid, uid, errors);
    validateLabel(job, nameLabels[i] as string, name, errors);
    Object.assign(expected, { [ofUid]: uid, [nameLabels[i] as string]: name });
  }
  const read = selectorOf(job.selector);
  if ('selector' in read && !matches(read.selector, expected)) {
    errors.invalid(spec.child('selector'), printedSelector(job.selector), '`selector` not auto-generated');
  }
}

function validateLabel({ template }: JobSpec, label: string, expected: string, errors: FieldErrors): void {
  const labels = template.metadata?.labels;
  const at = spec.child('template').child('metadata').child('labels').key(label);
  if (labels?.[label] === undefined) errors.required(at, `must be '${expected}'`);
  else if (labels[label] !== expected) errors.invalid(at, sortedMap(labels), `must be '${expected}'`);
}

// ---- updates ----

function validateSpecUpdate(next: Job, before: Job, errors: FieldErrors): void {
  const [a, b] = [next.spec, before.spec];
  validateCompletions(a, b, errors);
  validateImmutable(a.selector, b.selector, spec.child('selector'), errors, a.selector ? printedSelector(a.selector) : null);
  validateTemplateUpdate(a.template, before, errors);
  const immutable = (field: keyof JobSpec, struct?: string) => {
    const value = a[field];
    validateImmutable(value, b[field], spec.child(field), errors, value === undefined ? null : struct ? goStruct(struct, value as object) : value);
  };
  immutable('completionMode');
  immutable('podFailurePolicy', 'PodFailurePolicy');
  immutable('backoffLimitPerIndex');
  immutable('managedBy');
  immutable('successPolicy', 'SuccessPolicy');
}

/** An Indexed job can be made larger or smaller, as a whole. */
function validateCompletions(next: JobSpec, before: JobSpec, errors: FieldErrors): void {
  const at = spec.child('completions');
  if (next.completionMode !== 'Indexed') return validateImmutable(next.completions, before.completions, at, errors, next.completions ?? null);
  if (next.completions === undefined || next.completions === before.completions || next.completions === next.parallelism) return undefined;
  return errors.invalid(at, next.completions, 'can only be modified in tandem with spec.parallelism');
}

/** A suspended job without pods may be told anew where its pods go and what they ask for; nothing else of the template changes. */
function validateTemplateUpdate(next: PodTemplateSpec, { spec: before, status }: Job, errors: FieldErrors): void {
  const hasStopped = status.startTime === undefined || isTrue(status.conditions, 'Suspended');
  const isFree = before.suspend === true && hasStopped && (status.active ?? 0) === 0;
  const allowed = isFree ? scheduledAs(next, before.template) : before.template;
  if (!isFree) return validateImmutable(next, allowed, spec.child('template'), errors, printedTemplate(next));
  const withResources = { ...allowed.spec, ...sameResources(next.spec, allowed.spec) };
  return validateImmutable(next.spec, withResources, spec.child('template').child('spec'), errors, goStruct('PodSpec', next.spec));
}

const printedTemplate = ({ metadata, spec: pod }: PodTemplateSpec) => ({ ...goStruct('ObjectMeta', metadata ?? {}), Spec: goStruct('PodSpec', pod) });

/** The old template with the scheduling directives of the next. */
function scheduledAs({ metadata, spec: next }: PodTemplateSpec, before: PodTemplateSpec): PodTemplateSpec {
  const { nodeSelector, tolerations, schedulingGates } = next;
  const affinity = affinityAs(next, before.spec);
  return {
    ...before,
    metadata: { ...before.metadata, annotations: metadata?.annotations, labels: metadata?.labels } as NonNullable<PodTemplateSpec['metadata']>,
    spec: { ...before.spec, nodeSelector, tolerations, schedulingGates, affinity } as PodSpec,
  };
}

/** The node affinity of the next; and what is left empty by that is nothing. */
function affinityAs({ affinity: next }: PodSpec, { affinity: before }: PodSpec): PodSpec['affinity'] | undefined {
  if (!next && !before) return undefined;
  const affinity = { ...before, nodeAffinity: next?.nodeAffinity };
  if (!next && !affinity.podAffinity && !affinity.podAntiAffinity) return undefined;
  return affinity as PodSpec['affinity'];
}

/** The old containers with the resources of the next ones. */
function sameResources(next: PodSpec, before: PodSpec): Pick<PodSpec, 'containers' | 'initContainers'> {
  const initContainers = before.initContainers && withResources(before.initContainers, next.initContainers);
  return { containers: withResources(before.containers, next.containers), ...(initContainers && { initContainers }) };
}

/** Where they have the same names in the same order. */
function withResources(ours: PodSpec['containers'], theirs: PodSpec['containers'] | undefined): PodSpec['containers'] {
  if (ours?.length !== theirs?.length) return ours;
  return ours.map((container, i) => (container.name === theirs?.[i]?.name ? { ...container, resources: theirs[i].resources ?? {} } : container));
}
