// What a job reads from one of its pods.
// Source: job_controller.go, indexed_job_utils.go and backoff_utils.go (pkg/controller/job).
import { parseTime } from '../../../kube/time.ts';
import type { ContainerStatus, Job, Pod } from '../../../schema/generated/types.ts';
import { readyCondition } from '../../store/pod-facts.ts';

/** A pod that carries this has not been counted yet. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking';

/** Annotation and label of a pod of an Indexed job. */
export const completionIndexName = 'batch.kubernetes.io/job-completion-index';
const failureCountName = 'batch.kubernetes.io/job-index-failure-count';
const ignoredFailureCountName = 'batch.kubernetes.io/job-index-ignored-failure-count';

export const isTracked = ({ metadata }: Pod): boolean => metadata.finalizers?.includes(trackingFinalizer) ?? false;

/** `pod` without the finalizer. */
export function untracked(pod: Pod): Pod {
  const { finalizers = [], ...metadata } = pod.metadata;
  const rest = finalizers.filter((finalizer) => finalizer !== trackingFinalizer);
  return { ...pod, metadata: rest.length > 0 ? { ...metadata, finalizers: rest } : metadata };
}

/** undefined: it has none. */
export function completionIndexOf({ metadata }: Pod): number | undefined {
  const text = metadata.annotations?.[completionIndexName];
  return text !== undefined && /^\+?\d+$/.test(text) ? Number(text) : undefined;
}

/** Its index, if the job has one of that number. */
export function validIndexOf(pod: Pod, { spec }: Job): number | undefined {
  const index = completionIndexOf(pod);
  return index !== undefined && index < (spec.completions ?? 0) ? index : undefined;
}

/** How often its index had failed before. `ignored`: by a pod failure policy. */
export interface IndexFailures {
  readonly counted: number;
  readonly ignored: number;
}

export const indexFailuresOf = ({ metadata }: Pod): IndexFailures => ({
  counted: int32(metadata.annotations?.[failureCountName]),
  ignored: int32(metadata.annotations?.[ignoredFailureCountName]),
});

export const failureAnnotations = ({ counted, ignored }: IndexFailures): Readonly<Record<string, string>> => ({
  [failureCountName]: String(counted),
  ...(ignored > 0 && { [ignoredFailureCountName]: String(ignored) }),
});

const int32 = (text = '') => (/^\d+$/.test(text) && Number(text) <= 0x7fff_ffff ? Number(text) : 0);

/** Replacements wait until a pod has really ended: asked for, or because a pod failure policy reads how it ended. */
export const replacesOnlyFailed = ({ spec }: Job): boolean => spec.podReplacementPolicy === 'Failed' || spec.podFailurePolicy !== undefined;

/** A pod that is being deleted counts as failed at once, for it may never come to say so. */
export function hasFailed(pod: Pod, job: Job): boolean {
  if (pod.status.phase === 'Failed') return true;
  return !replacesOnlyFailed(job) && pod.metadata.deletionTimestamp !== undefined && pod.status.phase !== 'Succeeded';
}

/** When it ended, in milliseconds since 1970, by the best of what is known about it. */
export function finishedAtMs(pod: Pod): number {
  const { metadata } = pod;
  const ready = readyCondition(pod);
  const deletedAt = parseTime(metadata.deletionTimestamp);
  return (
    containersEndedAt(pod) ??
    (ready?.status === 'False' ? parseTime(ready.lastTransitionTime) : undefined) ??
    (deletedAt === undefined ? undefined : deletedAt - (metadata.deletionGracePeriodSeconds ?? 0) * 1_000) ??
    parseTime(metadata.creationTimestamp) ??
    0
  );
}

/** The last of them, sidecars included; undefined while one has not ended. */
function containersEndedAt({ spec, status }: Pod): number | undefined {
  const sidecars = new Set(spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name));
  const statuses = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? []).filter(({ name }) => sidecars.has(name))];
  const times = statuses.map(({ state }: ContainerStatus) => parseTime(state?.terminated?.finishedAt));
  return times.length === 0 || times.includes(undefined) ? undefined : Math.max(...(times as number[]));
}
