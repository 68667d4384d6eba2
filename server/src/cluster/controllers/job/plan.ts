// What a job does next: whether it ends, which pods it creates or deletes, and what its status says afterwards.
// Invariant: it never has more active pods than `parallelism`, nor more than completions are missing.
// Source: syncJob (pkg/controller/job/job_controller.go).
import type { Job, Pod } from '../../../schema/generated/types.ts';
import { isEqual } from '../../../kube/equal.ts';
import { formatTime } from '../../../kube/time.ts';
import { readyCondition } from '../../store/pod-facts.ts';
import type { Plan } from '../../runtime/controller.ts';
import type { BackOff } from './back-off.ts';
import { conditionsOf, withCondition, type JobConditions } from './conditions.ts';
import { countPods, type Counting } from './counting.ts';
import { completed, deadlineInMs, endingOf, type Ending } from './ending.ts';
import { factsOf, isSuspended, type JobFacts } from './facts.ts';
import { managePods, noChanges, type NewPod } from './manage.ts';
import type { JobView } from './view.ts';

export interface JobPlan extends Plan {
  readonly remove: readonly Pod[];
  /** Pods of a job that ends are deleted as they are, and counted; those of one that goes on lose the finalizer first, and are not. */
  readonly countsRemoved: boolean;
  readonly create: readonly NewPod[];
  /** The job is suspended or resumed now. */
  readonly turned?: 'Suspended' | 'Resumed';
  readonly counting: Counting;
  /** The status is to be written before pods are counted; then it looks again, and others have seen it meanwhile. */
  readonly namesOnly: boolean;
  readonly ending?: Ending;
  readonly backOff: BackOff;
}

/** undefined: pods are claimed first, and then it looks again. */
export function planJob(view: JobView, nowMs: number): JobPlan | ClaimPlan {
  if (view.adopt.length + view.release.length > 0) return { claims: true, requeueAfterMs: 0 };
  const { job } = view;
  const facts = factsOf(view, nowMs);
  const decided = endingOf(facts, nowMs);
  const manages = !decided && job.metadata.deletionTimestamp === undefined;
  const changes = decided ? { ...noChanges, remove: facts.active } : manages ? managePods(facts, nowMs) : noChanges;
  const { remove, create, waitMs } = changes;
  const active = facts.active.length - remove.length + create.length;
  const ending = decided ?? (isComplete(facts, active) ? completed : undefined);
  const turn = manages && !ending ? turnOf(job, nowMs) : undefined;
  const standing = {
    active,
    ready: facts.ready - remove.filter((pod) => readyCondition(pod)?.status === 'True').length,
    terminating: facts.terminating + remove.length,
    startTime: turn?.turned ? turn.startTime : facts.startTime,
    conditions: turn?.conditions ?? conditionsOf(job),
  };
  const counting = countPods(facts, standing, ending, nowMs);
  const counts = counting.untrack.length > 0 || !isEqual(counting.named, counting.counted);
  const namesOnly = counts && !isEqual(counting.named, job.status);
  return {
    remove,
    countsRemoved: decided !== undefined,
    create,
    ...(turn?.turned && { turned: turn.turned }),
    counting,
    namesOnly,
    ...(ending && { ending }),
    backOff: facts.backOff,
    requeueAfterMs: namesOnly ? 0 : earlier(waitMs, ending ? undefined : deadlineInMs(facts, nowMs)),
  };
}

export interface ClaimPlan extends Plan {
  readonly claims: true;
}

/** A job without `completions` is complete when a pod has succeeded and no other runs any more. */
const isComplete = ({ job, succeeded }: JobFacts, active: number) =>
  active === 0 && (job.spec.completions === undefined ? succeeded > 0 : succeeded >= job.spec.completions);

interface Turn {
  readonly conditions: JobConditions;
  readonly turned: 'Suspended' | 'Resumed' | undefined;
  readonly startTime?: string;
}

/** A job that is suspended has not started, and one that is resumed starts anew: its deadline does not run in between. */
function turnOf(job: Job, nowMs: number): Turn {
  const before = conditionsOf(job);
  const saying = isSuspended(job)
    ? { type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended' }
    : { type: 'Suspended', status: 'False', reason: 'JobResumed', message: 'Job resumed' };
  const conditions = withCondition(before, saying, nowMs);
  if (conditions === before) return { conditions, turned: undefined };
  return isSuspended(job) ? { conditions, turned: 'Suspended' } : { conditions, turned: 'Resumed', startTime: formatTime(nowMs) };
}

const earlier = (a: number | undefined, b: number | undefined) => (a === undefined || (b !== undefined && b < a) ? b : a);
