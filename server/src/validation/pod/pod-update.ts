// What may change in the spec of a pod that exists: next to nothing. The server shows the rest as a diff.
import { isEqual } from '../../kube/equal.ts';
import { rangeText } from '../../kube/names.ts';
import type { Affinity, Container, NodeSelectorTerm, PodSchedulingGate, PodSpec, Toleration } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { sortedMap } from '../metadata/labels.ts';
import { maxInt32 } from '../numbers.ts';
import type { Path } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { unifiedDiff } from '../text/unified-diff.ts';
import { validateImageOfPod } from './container.ts';
import { validateTolerations } from './tolerations.ts';

const updatable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

export function validateSpecUpdate(next: PodSpec, before: PodSpec, at: Path, errors: FieldErrors): void {
  for (const list of ['containers', 'initContainers'] as const) {
    if ((next[list] ?? []).length !== (before[list] ?? []).length) return errors.forbidden(at.child(list), 'pod updates may not add or remove containers');
    next[list]?.forEach((container, i) => validateImage(container, at.child(list).index(i), errors));
  }
  if (!validateDeadlineUpdate(next, before, at.child('activeDeadlineSeconds'), errors)) return undefined;
  validateAddedTolerations(next.tolerations ?? [], before.tolerations ?? [], at.child('tolerations'), errors);
  validateDeletedGates(next.schedulingGates ?? [], before.schedulingGates ?? [], at.child('schedulingGates'), errors);
  if (before.schedulingGates?.length) validateGatedUpdate(next, before, at, errors);
  const masked = withoutAllowedChanges(next, before);
  if (isEqual(masked, before)) return undefined;
  const diff = unifiedDiff(goStruct('PodSpec', before), goStruct('PodSpec', masked));
  return errors.forbidden(at, `pod updates may not change fields other than ${updatable}\n${diff}`);
}

function validateImage(container: Container, at: Path, errors: FieldErrors): void {
  if (!container.image) errors.required(at.child('image'));
  validateImageOfPod(container, at, errors);
}

/** A deadline may be set and brought forward. False when the server looks no further. */
function validateDeadlineUpdate({ activeDeadlineSeconds: next }: PodSpec, { activeDeadlineSeconds: before }: PodSpec, at: Path, errors: FieldErrors): boolean {
  if (next === undefined) {
    if (before !== undefined) errors.invalid(at, null, 'must not update from a positive integer to nil value');
    return true;
  }
  if (next < 0 || next > maxInt32) errors.invalid(at, next, rangeText(0, maxInt32));
  else if (before !== undefined && before < next) errors.invalid(at, next, 'must be less than or equal to previous value');
  else return true;
  return false;
}

function validateAddedTolerations(next: readonly Toleration[], before: readonly Toleration[], at: Path, errors: FieldErrors): void {
  const isKept = (old: Toleration) => next.some((one) => isEqual(withoutSeconds(one), withoutSeconds(old)));
  if (before.every(isKept)) validateTolerations(next, at, errors);
  else errors.forbidden(at, 'existing toleration can not be modified except its tolerationSeconds');
}

function withoutSeconds(toleration: Toleration): Omit<Toleration, 'tolerationSeconds'> {
  const { tolerationSeconds: _, ...others } = toleration;
  return others;
}

function validateDeletedGates(next: readonly PodSchedulingGate[], before: readonly PodSchedulingGate[], at: Path, errors: FieldErrors): void {
  next.forEach(({ name }, i) => {
    if (before.some((gate) => gate.name === name)) return;
    errors.forbidden(at.index(i).child('name'), `only deletion is allowed, but found new scheduling gate '${name}'`);
  });
}

// ---- pods that wait behind a scheduling gate ----

/** While nothing has been scheduled, it may be said more narrowly which nodes will do. */
function validateGatedUpdate(next: PodSpec, before: PodSpec, at: Path, errors: FieldErrors): void {
  const isNarrowed = Object.entries(before.nodeSelector ?? {}).every(([key, value]) => next.nodeSelector?.[key] === value);
  if (!isNarrowed) {
    errors.invalid(at.child('nodeSelector'), sortedMap(next.nodeSelector), 'only additions to spec.nodeSelector are allowed (no mutations or deletions)');
  }
  const [nextTerms, terms] = [termsOf(next.affinity), termsOf(before.affinity)];
  if (terms.length === 0 || isEqual(next.affinity?.nodeAffinity, before.affinity?.nodeAffinity)) return;
  const path = at.child('affinity').child('nodeAffinity').child('requiredDuringSchedulingIgnoredDuringExecution').child('nodeSelectorTerms');
  const printed = nextTerms.map((term) => goStruct('NodeSelectorTerm', term));
  if (nextTerms.length !== terms.length) {
    errors.invalid(path, printed.length > 0 ? printed : null, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed');
    return;
  }
  terms.forEach((term, i) => {
    if (!hasOnlyAdditions(nextTerms[i] as NodeSelectorTerm, term))
      errors.invalid(path.index(i), printed[i], 'only additions are allowed (no mutations or deletions)');
  });
}

const termsOf = (affinity: Affinity | undefined) => affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];

function hasOnlyAdditions(next: NodeSelectorTerm, before: NodeSelectorTerm): boolean {
  const lists = (['matchExpressions', 'matchFields'] as const).map((field) => [next[field] ?? [], before[field] ?? []] as const);
  // A term without any requirement matches nothing: filled in, it would match more.
  if (lists.every(([, old]) => old.length === 0)) return lists.every(([one]) => one.length === 0);
  return lists.every(([one, old]) => isEqual(one.slice(0, old.length), old));
}

// ---- what is left ----

/** The next spec with everything as before that may change. */
function withoutAllowedChanges(next: PodSpec, before: PodSpec): PodSpec {
  const isGated = Boolean(before.schedulingGates?.length);
  const isRaised = (before.terminationGracePeriodSeconds ?? 0) < 0 && next.terminationGracePeriodSeconds === 1;
  const kept = [
    'activeDeadlineSeconds',
    'schedulingGates',
    'tolerations',
    ...(isRaised ? ['terminationGracePeriodSeconds'] : []),
    ...(isGated ? ['nodeSelector'] : []),
  ];
  const masked: Record<string, unknown> = { ...next };
  for (const field of kept) {
    if (before[field as keyof PodSpec] === undefined) delete masked[field];
    else masked[field] = before[field as keyof PodSpec];
  }
  for (const list of ['containers', 'initContainers'] as const) if (next[list]) masked[list] = withImages(next[list], before[list] ?? []);
  const affinity = isGated ? withNodeAffinity(next.affinity, before.affinity) : next.affinity;
  if (affinity) masked['affinity'] = affinity;
  else delete masked['affinity'];
  return masked as unknown as PodSpec;
}

function withImages(next: readonly Container[], before: readonly Container[]): readonly Container[] {
  return next.map((container, i) => {
    const { image: _, ...others } = container;
    const image = before[i]?.image;
    return image === undefined ? others : { ...others, image };
  });
}

function withNodeAffinity(next: Affinity | undefined, before: Affinity | undefined): Affinity | undefined {
  const nodeAffinity = before?.nodeAffinity;
  if (isEqual(next?.nodeAffinity, nodeAffinity)) return next;
  if (!before && !next?.podAffinity && !next?.podAntiAffinity) return undefined;
  const { nodeAffinity: _, ...others } = next ?? {};
  return { ...others, ...(nodeAffinity && { nodeAffinity }) };
}
