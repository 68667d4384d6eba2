// Rules that Deployments and ReplicaSets share: the selector, the template that it must select, what is counted in the status.
import { isEqual } from '../../kube/equal.ts';
import type { LabelSelectorObject } from '../../kube/label-selector.ts';
import { matches, selectorOf } from '../../kube/label-selector.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { LabelSelector, PodTemplateSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { printedSelector, sortedMap, validateLabelSelector } from '../metadata/labels.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validatePodTemplate } from '../pod/template.ts';
import { nameWarnings, templateWarnings } from '../warnings/pod.ts';

export function validateSelector(selector: LabelSelector | null | undefined, at: Path, errors: FieldErrors): void {
  if (!selector) return errors.required(at);
  validateLabelSelector(selector, at, errors);
  if (isEmpty(selector)) errors.invalid(at, printedSelector(selector), 'empty selector is invalid for deployment');
  return undefined;
}

const isEmpty = ({ matchLabels, matchExpressions }: LabelSelectorObject) => Object.keys(matchLabels ?? {}).length + (matchExpressions ?? []).length === 0;

interface Selecting {
  readonly selector?: LabelSelector | null;
}

/** What an object selects is what it owns, so it cannot change. */
export function validateSameSelector({ selector: next }: Selecting, { selector: before }: Selecting, errors: FieldErrors): void {
  if (!isEqual(next, before)) errors.invalid(root('spec', 'selector'), next ? printedSelector(next) : null, 'field is immutable');
}

/** The template is looked at only when the selector can be read. */
export function validateSelectedTemplate(selector: LabelSelector | null | undefined, template: PodTemplateSpec, spec: Path, errors: FieldErrors): void {
  const read = selectorOf(selector ?? undefined);
  if ('error' in read) return errors.invalid(spec.child('selector'), printedSelector(selector ?? {}), 'invalid label selector');
  const at = spec.child('template');
  const labels = template.metadata?.labels;
  if (!(selector && isEmpty(selector)) && !matches(read.selector, labels)) {
    errors.invalid(at.child('metadata').child('labels'), sortedMap(labels), '`selector` does not match template `labels`');
  }
  validatePodTemplate(template, at, errors);
  const { restartPolicy, activeDeadlineSeconds } = template.spec;
  if (restartPolicy !== 'Always') errors.notSupported(at.child('spec').child('restartPolicy'), restartPolicy ?? '', ['Always']);
  if (activeDeadlineSeconds !== undefined) {
    errors.forbidden(at.child('spec').child('activeDeadlineSeconds'), 'activeDeadlineSeconds in ReplicaSet is not Supported');
  }
  return undefined;
}

// ---- status ----

type Counts = Readonly<Record<string, unknown>>;

export function validateCounts(status: Counts, fields: readonly string[], at: Path, errors: FieldErrors): void {
  for (const field of fields) validateNonNegative(status[field] as number | undefined, at.child(field), errors);
}

/** Each of these is a part of `replicas`, and what is available is a part of what is ready. */
export function validateParts(status: Counts, parts: readonly string[], at: Path, errors: FieldErrors): void {
  const count = (field: string) => (status[field] ?? 0) as number;
  for (const part of parts) {
    if (count(part) > count('replicas')) errors.invalid(at.child(part), count(part), 'cannot be greater than status.replicas');
  }
  const available = count('availableReplicas');
  if (available > count('readyReplicas')) errors.invalid(at.child('availableReplicas'), available, 'cannot be greater than readyReplicas');
}

// ---- warnings ----

type Workload = KubeObject & { readonly spec: { readonly template: PodTemplateSpec } };

/** An update is warned of only when it changes more than metadata. */
export function workloadWarnings({ metadata, spec }: Workload, before: Workload | undefined, template: Path): readonly string[] {
  if (!before) return [...nameWarnings(metadata.name, 'this is used in Pod names and hostnames'), ...templateWarnings(spec.template, template)];
  return metadata.generation === before.metadata.generation ? [] : templateWarnings(spec.template, template);
}
