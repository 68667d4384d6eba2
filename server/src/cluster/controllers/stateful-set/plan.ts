// What to do for a StatefulSet now: first what is missing, from the lowest ordinal up; then what is too much, from the highest down;
// then what is old, from the highest down, one pod at a time.
// Invariant: never two pods of one ordinal, since a pod is made only where none is, not even a stopping one.
// Source: updateStatefulSet (stateful_set_control.go). MaxUnavailableStatefulSet is off in this version.
import type { ControllerRevision, StatefulSetStatus } from '../../../schema/generated/types.ts';
import type { Plan } from '../../runtime/controller.ts';
import { planCondemned } from './condemned.ts';
import { planReplicas } from './replicas.ts';
import { expiredRevisions, planRevisions, type RevisionPlan } from './revisions.ts';
import { statusOf } from './status.ts';
import type { Step } from './step.ts';
import { planUpdate } from './update.ts';
import type { StatefulSetView } from './view.ts';

export interface StatefulSetPlan extends Plan {
  /** Pods to write before anything is counted: the writes wake the controller again. All else is empty then. */
  readonly claims: boolean;
  readonly revisions?: RevisionPlan;
  /** Done one after the other; a step that fails ends the look. */
  readonly phases: readonly Phase[];
  /** What it says when all steps have been done, and when one of the update has not. */
  readonly status?: StatefulSetStatus;
  readonly statusOnFailure?: StatefulSetStatus;
  readonly expired: readonly ControllerRevision[];
}

export interface Phase {
  readonly steps: readonly Step[];
  /** Nothing after this phase can be done yet. */
  readonly blocks: boolean;
}

export function planStatefulSet(view: StatefulSetView, nowMs: number): StatefulSetPlan {
  if (view.adopt.length + view.release.length > 0) return { claims: true, phases: [], expired: [] };
  const revisions = planRevisions(view);
  const phases = planPhases(view, revisions);
  const { nextAvailableMs } = view.roster;
  const updated = phases.some(({ steps }) => steps.some(({ why }) => why === 'update-pod'));
  return {
    claims: false,
    revisions,
    phases,
    status: statusOf(view, revisions, updated),
    statusOnFailure: statusOf(view, revisions, false),
    expired: expiredRevisions(view, revisions),
    // Time alone makes a ready pod available: look again when the next one does.
    ...(nextAvailableMs !== undefined && { requeueAfterMs: nextAvailableMs - nowMs }),
  };
}

const planners = [planReplicas, planCondemned, planUpdate];

function planPhases(view: StatefulSetView, revisions: RevisionPlan): readonly Phase[] {
  if (view.set.metadata.deletionTimestamp !== undefined) return [];
  const phases: Phase[] = [];
  for (const plan of planners) {
    const phase = plan(view, revisions);
    phases.push(phase);
    if (phase.blocks) break;
  }
  return phases.filter(({ steps }) => steps.length > 0);
}
