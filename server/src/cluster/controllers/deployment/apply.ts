// Does the steps of a plan, and tells about them in events.
// No expectations and no retries on conflict, which fill the real controller: the store has no stale caches.
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import type { Writer } from '../../runtime/writer.ts';
import { isNamespaceTerminating } from '../refusals.ts';
import { withSizes } from './annotations.ts';
import { sizeOf } from './replica-sets.ts';
import { creationFailed } from './revision.ts';
import type { DeploymentPlan, Step } from './steps.ts';
import type { DeploymentView } from './view.ts';

const replicaSets = 'replicasets.apps';
const deployments = 'deployments.apps';

export function applyDeployment(plan: DeploymentPlan, view: DeploymentView, writer: Writer): Status | undefined {
  return applySteps(plan.steps, view, writer, new Map());
}

/** `written`: ReplicaSets that this look has already scaled, by uid. */
function applySteps(steps: readonly Step[], view: DeploymentView, writer: Writer, written: Map<string, ReplicaSet>): Status | undefined {
  for (const step of steps) {
    const failed = applyStep(step, view, writer, written);
    if (!failed) continue;
    if (step.step !== 'create') return failed;
    if (isNamespaceTerminating(failed)) return undefined;
    applySteps(creationFailed(view.deployment, step.draft.metadata.name!, failed.message ?? '', view.nowMs), view, writer, written);
    return failed;
  }
  return undefined;
}

function applyStep(step: Step, { deployment }: DeploymentView, writer: Writer, written: Map<string, ReplicaSet>): Status | undefined {
  switch (step.step) {
    case 'update':
      return failureOf(writer.update(replicaSets, step.set, step.reason));
    case 'create': {
      const created = writer.create<ReplicaSet>(replicaSets, step.draft, step.reason);
      if (isStatus(created)) return created;
      if (sizeOf(created) > 0) tellScaled(deployment, created.metadata.name, 0, sizeOf(created), writer);
      return undefined;
    }
    case 'scale': {
      const set = written.get(step.set.metadata.uid) ?? step.set;
      const { replicas: from = 1 } = set.spec;
      const annotations = withSizes(set.metadata.annotations, step.bounds);
      const scaled = writer.update<ReplicaSet>(
        replicaSets,
        { ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, replicas: step.to } },
        step.reason,
      );
      if (isStatus(scaled)) return scaled;
      written.set(scaled.metadata.uid, scaled);
      if (from !== step.to) tellScaled(deployment, set.metadata.name, from, step.to, writer);
      return undefined;
    }
    case 'delete': {
      const gone = writer.delete(replicaSets, step.set.metadata.namespace, step.set.metadata.name, {}, step.reason);
      return isStatus(gone) && gone.code !== 404 ? gone : undefined;
    }
    case 'status':
      return failureOf(writer.updateStatus<Deployment>(deployments, step.deployment, step.reason));
    case 'deployment':
      return failureOf(writer.update<Deployment>(deployments, step.deployment, step.reason));
    case 'event':
      writer.event(deployment, { type: step.type, reason: step.reason, message: step.message });
      return undefined;
  }
}

function tellScaled(deployment: Deployment, name: string, from: number, to: number, writer: Writer): void {
  const direction = to > from ? 'up' : 'down';
  writer.event(deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message: `Scaled ${direction} replica set ${name} from ${from} to ${to}` });
}

const failureOf = (answer: unknown): Status | undefined => (isStatus(answer) ? answer : undefined);
