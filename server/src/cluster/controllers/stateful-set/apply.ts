// Writes what a plan says, in its order, and tells about it in events. What fails ends the look; the status is written all the same,
// and history is cleaned up.
// Source: stateful_pod_control.go; UpdateStatefulSet, performUpdate (stateful_set_control.go).
import { isStatus, type Status } from '../../../kube/status.ts';
import type { ControllerRevision, StatefulSet } from '../../../schema/generated/types.ts';
import type { Writer } from '../../runtime/writer.ts';
import { claimPods } from '../pod-control.ts';
import { slowStart } from '../slow-start.ts';
import { Events } from './events.ts';
import { isOrdered } from './identity.ts';
import { memberDraft } from './member-draft.ts';
import type { Phase, StatefulSetPlan } from './plan.ts';
import { revisionFor, type RevisionPlan } from './revisions.ts';
import { sameStatus } from './status.ts';
import type { Step } from './step.ts';
import type { StatefulSetView } from './view.ts';
import { writeClaims } from './write-claims.ts';

export function applyStatefulSet(plan: StatefulSetPlan, view: StatefulSetView, writer: Writer): Status | undefined {
  if (plan.claims) return claimPods(view, { statefulSet: view.set.metadata.name }, writer);
  const { revisions } = plan;
  if (!revisions) return undefined;
  const failed = writeRevision(revisions, view, writer) ?? writeSet(plan, revisions, view, writer);
  return failed ?? removeRevisions(plan.expired, view.set, writer);
}

const revisionsResource = 'controllerrevisions.apps';

function writeRevision({ create, renumber }: RevisionPlan, { adoptRevisions, set }: StatefulSetView, writer: Writer): Status | undefined {
  const args = { statefulSet: set.metadata.name };
  for (const revision of adoptRevisions) {
    const answer = writer.update(revisionsResource, revision, { code: 'adopt-revision', args });
    // Its number is then written in the next look.
    if (isStatus(answer) || revision.metadata.name === renumber?.metadata.name) return isStatus(answer) ? answer : undefined;
  }
  const code = create ? 'create-revision' : 'renumber-revision';
  const answer = create
    ? writer.create<ControllerRevision>(revisionsResource, create, { code, args })
    : renumber && writer.update(revisionsResource, renumber, { code, args });
  return answer && isStatus(answer) ? answer : undefined;
}

function removeRevisions(expired: readonly ControllerRevision[], set: StatefulSet, writer: Writer): Status | undefined {
  for (const { metadata } of expired) {
    const answer = writer.delete(
      revisionsResource,
      metadata.namespace,
      metadata.name,
      {},
      { code: 'history-cleanup', args: { statefulSet: set.metadata.name } },
    );
    if (answer && isStatus(answer)) return answer;
  }
  return undefined;
}

/** The pods, and then the status of the pods that were there before this look: those it makes or removes wake the controller again. */
function writeSet(plan: StatefulSetPlan, revisions: RevisionPlan, view: StatefulSetView, writer: Writer): Status | undefined {
  const { set } = view;
  let failed: Status | undefined;
  for (const phase of plan.phases) failed ??= writePhase(phase, revisions, set, writer);
  const status = failed ? plan.statusOnFailure : plan.status;
  if (!status || sameStatus(set.status, status)) return failed;
  const answer = writer.updateStatus('statefulsets.apps', { ...set, status });
  return failed ?? (isStatus(answer) ? answer : undefined);
}

const largestBatch = 500;

/** One after the other, or with Parallel in batches of 1, 2, 4, … until one fails. */
function writePhase({ steps }: Phase, revisions: RevisionPlan, set: StatefulSet, writer: Writer): Status | undefined {
  const events = new Events(set, writer);
  const write = (step: Step) => writeStep(step, revisions, set, events, writer);
  if (!isOrdered(set)) {
    let next = 0;
    return slowStart(steps.length, () => write(steps[next++]!), largestBatch);
  }
  for (const step of steps) {
    const failed = write(step);
    if (failed) return failed;
  }
  return undefined;
}

function writeStep(step: Step, revisions: RevisionPlan, set: StatefulSet, events: Events, writer: Writer): Status | undefined {
  switch (step.do) {
    case 'create':
      return createPod(step, revisions, set, events, writer);
    case 'delete':
      return deletePod(step.name, step.why, set, events, writer);
    case 'claim':
      return writeClaims(step.claims, step.pod.metadata.name, set, events, writer);
    case 'mend':
      return mendPod(step, set, events, writer);
    case 'own':
      return writeClaims({ create: [], dying: [], own: step.claims }, '', set, events, writer);
  }
}

function createPod({ ordinal, name, claims, why }: Step & { do: 'create' }, revisions: RevisionPlan, set: StatefulSet, events: Events, writer: Writer) {
  const unclaimed = writeClaims(claims, name, set, events, writer);
  if (unclaimed) return events.pod('Create', name, unclaimed);
  const revision = revisionFor(set, ordinal, revisions);
  const answer = writer.createMember(...memberDraft(set, ordinal, revision), { code: why, args: { ordinal, revision: revision.name } });
  if (!isStatus(answer)) return events.pod('Create', name);
  return answer.reason === 'AlreadyExists' ? answer : events.pod('Create', name, answer);
}

function deletePod(name: string, code: string, set: StatefulSet, events: Events, writer: Writer): Status | undefined {
  const answer = writer.delete('pods', set.metadata.namespace, name, {}, { code, args: { statefulSet: set.metadata.name } });
  return events.pod('Delete', name, answer && isStatus(answer) ? answer : undefined);
}

function mendPod({ pod, claims, why }: Step & { do: 'mend' }, set: StatefulSet, events: Events, writer: Writer): Status | undefined {
  const { name } = pod.metadata;
  const failed = writeClaims({ create: [], dying: [], own: claims }, name, set, events, writer);
  if (failed) return failed;
  const answer = writer.update('pods', pod, { code: why, args: { statefulSet: set.metadata.name } });
  return events.pod('Update', name, isStatus(answer) ? answer : undefined);
}
