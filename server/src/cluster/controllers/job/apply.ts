// Writes what a plan says, in an order that counts no pod twice wherever it may stop, and tells about it in events.
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Job, JobStatus, Pod } from '../../../schema/generated/types.ts';
import type { Reason } from '../../store/commit.ts';
import type { Writer } from '../../runtime/writer.ts';
import { claimPods, createPod, deletePods, type Failure } from '../pod-control.ts';
import { slowStart } from '../slow-start.ts';
import type { BackOff } from './back-off.ts';
import type { Ending } from './ending.ts';
import type { ClaimPlan, JobPlan } from './plan.ts';
import { jobPodDrafts } from './pod-draft.ts';
import { isTracked, untracked } from './pod-facts.ts';
import type { JobView } from './view.ts';

/** `remember`: the failures, for the next look. */
export function applyJob(plan: JobPlan | ClaimPlan, view: JobView, writer: Writer, remember: (backOff: BackOff) => void): Status | undefined {
  if ('claims' in plan) return claimPods(view, { job: view.job.metadata.name }, writer);
  const removed = removePods(plan, view, writer);
  if (removed) return removed;
  // Whatever else goes wrong, pods are counted: who fails looks again later only.
  const { made, failed } = createPods(plan, view, writer);
  if (plan.turned) writer.event(view.job, { type: 'Normal', reason: plan.turned, message: `Job ${plan.turned.toLowerCase()}` });
  return count(failed ? { ...plan, namesOnly: false } : plan, view, plan.create.length - made, writer, remember) ?? failed?.status;
}

function removePods({ remove, countsRemoved, create, ending }: JobPlan, view: JobView, writer: Writer): Status | undefined {
  if (remove.length === 0) return undefined;
  const failed = countsRemoved ? undefined : untrackPods(remove, view, writer);
  if (failed) return failed;
  const reason: Reason = { code: 'delete-pod', args: { active: remove.length, desired: create.length, ...(ending && { reason: ending.reason }) } };
  return deletePods(view.job, remove, reason, writer)?.status;
}

/** How many were made, and the first failure. */
function createPods({ create }: JobPlan, { job, pods }: JobView, writer: Writer): { made: number; failed: Failure | undefined } {
  if (create.length === 0) return { made: 0, failed: undefined };
  const draftOf = jobPodDrafts(job);
  const reason: Reason = { code: 'create-pod', args: { active: pods.length, desired: job.spec.parallelism ?? 1 } };
  let [tried, refused] = [0, 0];
  const failed = slowStart(create.length, () => {
    const failure = createPod(job, draftOf(create[tried++]!), reason, writer);
    if (failure) refused++;
    return failure;
  });
  return { made: tried - refused, failed };
}

/** `notMade`: pods that the plan counted on. */
function count(
  { counting, namesOnly, backOff, ending }: JobPlan,
  view: JobView,
  notMade: number,
  writer: Writer,
  remember: (backOff: BackOff) => void,
): Status | undefined {
  const named = writeStatus(view.job, withoutActive(counting.named, notMade), writer);
  if (isStatus(named)) return named;
  if (namesOnly) return undefined;
  const failed = untrackPods(counting.untrack, view, writer);
  if (failed) return failed;
  remember(backOff);
  const counted = writeStatus(named, withoutActive(counting.counted, notMade), writer);
  if (isStatus(counted)) return counted;
  if (counting.ended) tellEnd(counted, ending!, writer);
  return undefined;
}

const writeStatus = (job: Job, status: JobStatus, writer: Writer): Job | Status => writer.updateStatus('jobs.batch', { ...job, status });

function withoutActive(status: JobStatus, less: number): JobStatus {
  if (less === 0) return status;
  const { active = 0, ...rest } = status;
  return active > less ? { ...rest, active: active - less } : rest;
}

function untrackPods(pods: readonly Pod[], { latest }: JobView, writer: Writer): Status | undefined {
  let failed: Status | undefined;
  for (const pod of pods) {
    const now = latest(pod);
    if (!now || now.metadata.uid !== pod.metadata.uid || !isTracked(now)) continue;
    const answer = writer.update('pods', untracked(now), countPod);
    if (isStatus(answer) && answer.code !== 404) failed ??= answer;
  }
  return failed;
}

const countPod: Reason = { code: 'count-pod', args: {} };

function tellEnd(job: Job, { type, reason, message }: Ending, writer: Writer): void {
  if (type === 'Failed') return writer.event(job, { type: 'Warning', reason, message });
  const { completions } = job.spec;
  if (completions !== undefined && (job.status.succeeded ?? 0) > completions) {
    writer.event(job, { type: 'Warning', reason: 'TooManySucceededPods', message: 'Too many succeeded pods running after completion count reached' });
  }
  writer.event(job, { type: 'Normal', reason: 'Completed', message: 'Job completed' });
}
