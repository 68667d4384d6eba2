// Creates and deletes the pods of a plan, tells about it in events, and writes the status.
// No expectations, which the real controller needs because its cache lags behind its own writes: ours does not.
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import type { Reason } from '../../store/commit.ts';
import type { Writer } from '../../runtime/writer.ts';
import { claimPods, createPod, deletePods, type Failure } from '../pod-control.ts';
import { podDraft } from '../pod-draft.ts';
import type { ReplicaSetPlan } from './plan.ts';
import { desiredOf, type ReplicaKind } from './replica-kind.ts';
import { slowStart } from '../slow-start.ts';
import { sameStatus, statusOf } from './status.ts';
import type { ReplicaSetView } from './view.ts';

export function applyReplicaSet(kind: ReplicaKind, plan: ReplicaSetPlan, view: ReplicaSetView, writer: Writer): Status | undefined {
  if (plan.claims) return claimPods(view, { replicaSet: view.set.metadata.name }, writer);
  const failed = createPods(plan.create, view, writer) ?? deleteSurplus(plan.remove, view, writer);
  return writeStatus(kind, view, failed, writer) ?? failed?.status;
}

function createPods(missing: number, { set, counts }: ReplicaSetView, writer: Writer): Failure | undefined {
  if (missing === 0) return undefined;
  const draft = podDraft(set, set.spec.template);
  const reason: Reason = { code: 'create-pod', args: { active: counts.active, desired: desiredOf(set) } };
  return slowStart(missing, () => createPod(set, draft, reason, writer));
}

function deleteSurplus(pods: readonly Pod[], { set, counts }: ReplicaSetView, writer: Writer): Failure | undefined {
  return deletePods(set, pods, { code: 'delete-pod', args: { active: counts.active, desired: desiredOf(set) } }, writer);
}

/** The status tells of the pods that were there before this look; the pods it made or deleted wake the controller, which then counts them. */
function writeStatus(kind: ReplicaKind, { set, counts, nowMs }: ReplicaSetView, failed: Failure | undefined, writer: Writer): Status | undefined {
  const status = statusOf(kind, set, counts, failed?.text, nowMs);
  if (sameStatus(set.status, status)) return undefined;
  const answer = writer.updateStatus(kind.resource, { ...set, status });
  return isStatus(answer) ? answer : undefined;
}
