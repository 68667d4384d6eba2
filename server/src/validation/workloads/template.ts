// Rules that the kinds which make pods share: the selector, the template that it must select, what is counted in the status.
import { isEqual } from '../../kube/equal.ts';
import type { LabelSelectorObject } from '../../kube/label-selector.ts';
import { matches, selectorOf } from '../../kube/label-selector.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { LabelSelector, PodTemplateSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { printedLabels, printedSelector, validateLabelSelector } from '../metadata/labels.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validatePodTemplate } from '../pod/template.ts';
import { nameWarnings, templateWarnings } from '../warnings/pod.ts';

/** `owner` as the server calls the kind in its message; a ReplicaSet is a 'deployment' there. */
export function validateSelector(selector: LabelSelector | null | undefined, owner: string, at: Path, errors: FieldErrors): void {
  if (!selector) return errors.required(at);
  validateLabelSelector(selector, at, errors);
  validateNotEmpty(selector, owner, at, errors);
  return undefined;
}

export function validateNotEmpty(selector: LabelSelector, owner: string, at: Path, errors: FieldErrors): void {
  if (isEmpty(selector)) errors.invalid(at, printedSelector(selector), `empty selector is invalid for ${owner}`);
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
  const at = spec.child('template');
  if (!validateSelected(selector, template, at, errors)) {
    return errors.invalid(spec.child('selector'), printedSelector(selector ?? {}), 'invalid label selector');
  }
  validatePodTemplate(template, at, errors);
  validateRestartsAlways(template, 'ReplicaSet', at, errors);
  return undefined;
}

/** No selector selects nothing. False when the selector cannot be read: then nothing is said. */
export function validateSelected(selector: LabelSelector | null | undefined, { metadata }: PodTemplateSpec, template: Path, errors: FieldErrors): boolean {
  const read = selectorOf(selector ?? undefined);
  if ('error' in read) return false;
  if (!matches(read.selector, metadata?.labels)) {
    errors.invalid(template.child('metadata').child('labels'), printedLabels(metadata), '`selector` does not match template `labels`');
  }
  return true;
}

/** Of pods that are replaced when they end, by a controller of the kind `owner`. */
export function validateRestartsAlways({ spec }: PodTemplateSpec, owner: string, template: Path, errors: FieldErrors): void {
  const at = template.child('spec');
  const { restartPolicy, activeDeadlineSeconds } = spec;
  if (restartPolicy !== 'Always') errors.notSupported(at.child('restartPolicy'), restartPolicy ?? '', ['Always']);
  if (activeDeadlineSeconds !== undefined) errors.forbidden(at.child('activeDeadlineSeconds'), `activeDeadlineSeconds in ${owner} is not Supported`);
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

/** How often a revision had to be named anew is never forgotten. */
export function validateCollisionCount(next: { readonly collisionCount?: number }, before: { readonly collisionCount?: number }, errors: FieldErrors): void {
  const [now, last] = [next.collisionCount, before.collisionCount];
  // Nothing is less than 0, but 0 is not less than nothing.
  if (last !== undefined && (now === undefined || now < last)) errors.invalid(root('status', 'collisionCount'), now ?? 0, 'cannot be decremented');
}

// ---- warnings ----

type Workload = KubeObject & { readonly spec: { readonly template: PodTemplateSpec } };

/** An update is warned of only when it changes more than metadata. */
export function workloadWarnings({ metadata, spec }: Workload, before: Workload | undefined, template: Path): readonly string[] {
  if (!before) return [...podNameWarnings(metadata.name), ...templateWarnings(spec.template, template)];
  return isNewGeneration({ metadata }, before) ? templateWarnings(spec.template, template) : [];
}

export const podNameWarnings = (name: string) => nameWarnings(name, 'this is used in Pod names and hostnames');

export const isNewGeneration = ({ metadata }: Pick<KubeObject, 'metadata'>, before: KubeObject) => metadata.generation !== before.metadata.generation;
