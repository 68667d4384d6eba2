// The annotations by which a Deployment and its ReplicaSets remember revisions and sizes.
// Source: SetNewReplicaSetAnnotations, SetReplicasAnnotations and their neighbours (deployment_util.go).
import type { KubeObject, StringMap } from '../../../kube/object.ts';
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import type { Bounds } from './bounds.ts';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const revisionHistoryAnnotation = 'deployment.kubernetes.io/revision-history';
/** What the Deployment wanted when the ReplicaSet was last scaled: a difference means that the Deployment was scaled since. */
export const desiredReplicasAnnotation = 'deployment.kubernetes.io/desired-replicas';
/** desired + surge at that time: the whole of which the ReplicaSet's size was a part. */
export const maxReplicasAnnotation = 'deployment.kubernetes.io/max-replicas';
export const rollbackAnnotation = 'deprecated.deployment.rollback.to';

const notCopied = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
  rollbackAnnotation,
]);

/** Whether a Deployment's annotation goes to its new ReplicaSet, as kubernetes.io/change-cause does. */
export const isCopied = (key: string): boolean => !notCopied.has(key);

const none: StringMap = {};

/** Go's ParseInt; NaN when it is not a number. An object without the annotation has revision 0. */
export function revisionOf(object: KubeObject): number {
  return parseInteger(object.metadata.annotations?.[revisionAnnotation] ?? '0');
}

/** The highest revision; those that cannot be read are skipped. */
export function maxRevision(sets: readonly ReplicaSet[]): number {
  let max = 0;
  for (const set of sets) {
    const revision = revisionOf(set);
    if (revision > max) max = revision;
  }
  return max;
}

/** The annotations that a ReplicaSet has as the Deployment's new one; the same object when nothing changes. */
export function annotationsOfNewSet(deployment: Deployment, set: { readonly metadata: { readonly annotations?: StringMap } }, newRevision: number): StringMap {
  const before = set.metadata.annotations ?? none;
  const changes: Record<string, string> = {};
  let count = 0;
  const change = (key: string, value: string) => {
    changes[key] = value;
    count++;
  };
  const given = deployment.metadata.annotations ?? none;
  for (const key in given) if (isCopied(key) && before[key] !== given[key]) change(key, given[key]!);
  const oldText = before[revisionAnnotation] ?? '';
  const old = oldText === '' ? 0 : parseInteger(oldText);
  if (Number.isNaN(old)) return before;
  // Only ever upwards: when old ReplicaSets were deleted, the highest of the rest may be lower than what this one has.
  if (old < newRevision) {
    change(revisionAnnotation, String(newRevision));
    if (oldText !== '') change(revisionHistoryAnnotation, extendHistory(before[revisionHistoryAnnotation] ?? '', oldText));
  }
  return count === 0 ? before : { ...before, ...changes };
}

const longestHistory = 2000;

/** '1,3' and '5' → '1,3,5'; at more than 2,000 characters the oldest are dropped. */
export function extendHistory(history: string, revision: string, limit = longestHistory): string {
  if (history === '') return revision;
  const revisions = history.split(',');
  let length = history.length + 1 + revision.length;
  let start = 0;
  while (length > limit && start < revisions.length) length -= revisions[start++]!.length + 1;
  return length <= limit ? [...revisions.slice(start), revision].join(',') : history;
}

/** With the sizes of the Deployment at this time written down; the same object when they are already there. */
export function withSizes(annotations: StringMap | undefined, { desired, atMost }: Bounds): StringMap {
  const sizes = { [desiredReplicasAnnotation]: String(desired), [maxReplicasAnnotation]: String(atMost) };
  const same =
    annotations?.[desiredReplicasAnnotation] === sizes[desiredReplicasAnnotation] && annotations[maxReplicasAnnotation] === sizes[maxReplicasAnnotation];
  return same ? annotations : { ...annotations, ...sizes };
}

/** A size that was written down; undefined when it is absent or no 32-bit size. */
export function writtenSize(set: ReplicaSet, annotation: typeof desiredReplicasAnnotation | typeof maxReplicasAnnotation): number | undefined {
  const text = set.metadata.annotations?.[annotation];
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const size = Number(text);
  return size <= 0x7fff_ffff ? size : undefined;
}

const parseInteger = (text: string): number => (/^[-+]?\d+$/.test(text) ? Number(text) : Number.NaN);
