// Writes what a plan says: claims, revisions, pods, status.
// No expectations, which the real controller needs because its cache lags behind its own writes: ours does not.
import { isStatus, type Status } from '../../../kube/status.ts';
import type { KubeObject } from '../../../kube/object.ts';
import type { DaemonSet } from '../../../schema/generated/types.ts';
import type { Writer } from '../../runtime/writer.ts';
import { createPod, deletePods } from '../pod-control.ts';
import { podDraft } from '../pod-draft.ts';
import { slowStart } from '../slow-start.ts';
import { affinityTo, daemonTemplate } from './daemon-pod.ts';
import type { HistoryStep } from './history.ts';
import type { DaemonSetPlan, Work } from './plan.ts';
import type { Claim, DaemonSetView } from './view.ts';

const daemonSets = 'daemonsets.apps';
const revisions = 'controllerrevisions.apps';

export function applyDaemonSet({ claims, history, work }: DaemonSetPlan, { set }: DaemonSetView, writer: Writer): Status | undefined {
  const written = writeClaims(claims, set, writer);
  if (!work) return written ?? writeHistory(history, writer);
  const failed = changePods(work, set, writer) ?? writeHistory(history, writer);
  return writeStatus(work, set, writer) ?? failed;
}

/** The status tells of the pods that were there before this look; those that it made or deleted wake the controller again. */
function writeStatus({ status }: Work, set: DaemonSet, writer: Writer): Status | undefined {
  return status === set.status ? undefined : failureOf(writer.updateStatus<DaemonSet>(daemonSets, { ...set, status }));
}

function writeClaims(claims: readonly Claim[], { metadata }: DaemonSet, writer: Writer): Status | undefined {
  let failed: Status | undefined;
  for (const { resource, object, code } of claims) {
    const failure = failureOf(writer.update<KubeObject>(resource, object, { code, args: { daemonSet: metadata.name } }));
    if (failure?.code !== 404) failed ??= failure;
  }
  return failed;
}

function writeHistory(steps: readonly HistoryStep[], writer: Writer): Status | undefined {
  for (const step of steps) {
    const failed = writeStep(step, writer);
    if (failed) return failed;
  }
  return undefined;
}

function writeStep(step: HistoryStep, writer: Writer): Status | undefined {
  switch (step.step) {
    case 'create':
      return failureOf(writer.create(revisions, step.draft, step.reason));
    case 'update':
      return failureOf(writer.update(revisions, step.revision, step.reason));
    case 'delete':
      return failureOf(writer.delete(revisions, step.revision.metadata.namespace, step.revision.metadata.name, {}, step.reason));
    case 'relabel':
      return failureOf(writer.update('pods', step.pod, step.reason));
    case 'status':
      return failureOf(writer.updateStatus(daemonSets, step.set, step.reason));
  }
}

function changePods({ create, remove, events, hash, code }: Work, set: DaemonSet, writer: Writer): Status | undefined {
  for (const event of events) writer.event(set, event);
  const reason = { code, args: { create: create.length, remove: remove.length } };
  const template = daemonTemplate(set, hash);
  let next = 0;
  const draft = podDraft(set, template);
  const failed = slowStart(create.length, () => createPod(set, draft, reason, writer, { nodeAffinity: affinityTo(create[next++]!, template.spec) }));
  return (failed ?? deletePods(set, remove, reason, writer))?.status;
}

const failureOf = (answer: unknown): Status | undefined => (isStatus(answer) ? answer : undefined);
