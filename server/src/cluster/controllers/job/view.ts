// What a plan for a job is made from.
import type { KubeObject } from '../../../kube/object.ts';
import { splitKey } from '../../../kube/resource.ts';
import type { Job, Pod } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import { openPodsByJob, orphansIn, podsByOwner } from '../../store/indexes.ts';
import { claim } from '../claim.ts';
import { selects } from '../selectors.ts';
import type { BackOff } from './back-off.ts';
import { endOf } from './conditions.ts';
import { isTracked, trackingFinalizer } from './pod-facts.ts';

export interface JobView {
  readonly job: Job;
  /** Its pods that have not ended, and those that have and are not counted. What was counted does not matter any more. */
  readonly pods: readonly Pod[];
  /** Pods to be written as they are here: adopted ones, and ones that are no longer selected. */
  readonly adopt: readonly Pod[];
  readonly release: readonly Pod[];
  readonly backOff: BackOff;
  /** A pod as it is now, in the midst of writing; undefined when it is gone. */
  latest(pod: Pod): Pod | undefined;
}

/** Another controller looks after it. */
export const isManagedElsewhere = ({ spec }: Job): boolean => spec.managedBy !== undefined && spec.managedBy !== 'kubernetes.io/job-controller';

/** undefined: it is gone, it has ended, or it is none of this controller's business. */
export function observeJob(key: string, reader: Reader, backOff: BackOff): JobView | undefined {
  const { namespace, name } = splitKey(key);
  const job = reader.get<Job>('jobs.batch', namespace, name);
  if (!job || endOf(job) || isManagedElsewhere(job)) return undefined;
  const mine = reader.indexed(openPodsByJob, job.metadata.uid).objects.values() as Iterable<Pod>;
  const orphans = reader.indexed(podsByOwner, orphansIn(namespace)).objects.values() as Iterable<Pod>;
  const claimant = { owner: job as KubeObject, selects: (labels: Pod['metadata']['labels']) => selects(job.spec.selector ?? {}, labels) };
  const { owned, adopt, release } = claim(claimant, mine, orphans);
  return { job, pods: owned, adopt: adopt.map(tracked), release, backOff, latest: ({ metadata }) => reader.get<Pod>('pods', namespace, metadata.name) };
}

/** Adopted pods are counted like all others. */
const tracked = (pod: Pod): Pod =>
  isTracked(pod) ? pod : { ...pod, metadata: { ...pod.metadata, finalizers: [...(pod.metadata.finalizers ?? []), trackingFinalizer] } };
