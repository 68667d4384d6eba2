// Pods that still carry a job's finalizer when there is nobody any more who would count them: without a job, or with one that has
// ended. They lose it, so that they can go.
// Source: syncOrphanPod (job_controller.go).
import { controllerOf } from '../../../kube/object.ts';
import { splitKey } from '../../../kube/resource.ts';
import { isStatus } from '../../../kube/status.ts';
import type { Job, Pod } from '../../../schema/generated/types.ts';
import type { Controller, Plan } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import { openPodsByJob } from '../../store/indexes.ts';
import { endOf } from './conditions.ts';
import { isTracked, untracked } from './pod-facts.ts';
import { isManagedElsewhere } from './view.ts';

export const jobOrphans: Controller<Pod, Plan> = {
  name: 'job-orphans',
  watches: [
    { resource: 'pods', enqueue: ({ key, after }, reader) => (after && isAbandoned(after as Pod, reader) ? [key] : []) },
    {
      resource: 'jobs.batch',
      enqueue: ({ before, after }, reader) =>
        after && !endOf(after as Job) ? [] : [...reader.indexed(openPodsByJob, (after ?? before)!.metadata.uid).objects.keys()],
    },
  ],
  observe(key, reader) {
    const { namespace, name } = splitKey(key);
    const pod = reader.get<Pod>('pods', namespace, name);
    return pod && isAbandoned(pod, reader) ? pod : undefined;
  },
  plan: () => ({}),
  apply(_, pod, writer) {
    const answer = writer.update('pods', untracked(pod), { code: 'untrack-pod', args: {} });
    return isStatus(answer) && answer.code !== 404 ? answer : undefined;
  },
};

function isAbandoned(pod: Pod, reader: Reader): boolean {
  if (!isTracked(pod)) return false;
  const owner = controllerOf(pod);
  if (!owner) return true;
  if (owner.kind !== 'Job' || owner.apiVersion !== 'batch/v1') return false;
  const job = reader.get<Job>('jobs.batch', pod.metadata.namespace, owner.name);
  if (!job || job.metadata.uid !== owner.uid) return true;
  return !isManagedElsewhere(job) && endOf(job) !== undefined;
}
