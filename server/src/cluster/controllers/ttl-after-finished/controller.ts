// Deletes jobs that have ended so long ago as their ttlSecondsAfterFinished says, and their pods before them.
// Source: pkg/controller/ttlafterfinished/ttlafterfinished_controller.go.
import { splitKey } from '../../../kube/resource.ts';
import { isStatus } from '../../../kube/status.ts';
import { parseTime } from '../../../kube/time.ts';
import type { Job } from '../../../schema/generated/types.ts';
import type { Controller, Plan } from '../../runtime/controller.ts';
import { endOf } from '../job/conditions.ts';

export interface TtlPlan extends Plan {
  readonly expired: boolean;
}

export const ttlAfterFinished: Controller<Job, TtlPlan> = {
  name: 'ttl-after-finished-controller',
  watches: [{ resource: 'jobs.batch', enqueue: ({ key, after }) => (after && expiresAt(after as Job) !== undefined ? [key] : none) }],
  observe(key, reader) {
    const { namespace, name } = splitKey(key);
    return reader.get<Job>('jobs.batch', namespace, name);
  },
  plan: planExpiry,
  apply({ expired }, { metadata }, writer) {
    if (!expired) return undefined;
    const options = { propagationPolicy: 'Foreground', uid: metadata.uid } as const;
    const answer = writer.delete('jobs.batch', metadata.namespace, metadata.name, options, { code: 'expired-job', args: {} });
    return isStatus(answer) && answer.code !== 404 ? answer : undefined;
  },
};

const none: readonly string[] = [];

function planExpiry(job: Job, nowMs: number): TtlPlan {
  const at = expiresAt(job);
  if (at === undefined) return { expired: false };
  return at <= nowMs ? { expired: true } : { expired: false, requeueAfterMs: at - nowMs };
}

/** Milliseconds since 1970; undefined: it stays, or is going already. */
function expiresAt(job: Job): number | undefined {
  const { ttlSecondsAfterFinished: seconds } = job.spec;
  if (seconds === undefined || job.metadata.deletionTimestamp !== undefined) return undefined;
  const ended = parseTime(endOf(job)?.lastTransitionTime);
  return ended === undefined ? undefined : ended + seconds * 1_000;
}
