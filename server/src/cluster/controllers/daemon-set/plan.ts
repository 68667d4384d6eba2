// What a look at a DaemonSet comes to: first what it owns and its history, then a pod on every node, then the rolling update, then the
// history's limit.
// Invariant: only pods and revisions that the set controls and selects are ever deleted.
// Source: syncDaemonSet, updateDaemonSet, manage (pkg/controller/daemon/daemon_controller.go).
import type { DaemonSetStatus, Pod } from '../../../schema/generated/types.ts';
import type { Plan } from '../../runtime/controller.ts';
import type { EventDraft } from '../../runtime/writer.ts';
import { boundsOf } from './bounds.ts';
import { hashOf, surplusRevisions, type HistoryStep } from './history.ts';
import { roll, together } from './rolling.ts';
import { statusOf } from './status.ts';
import type { Claim, DaemonSetView } from './view.ts';

export interface DaemonSetPlan extends Plan {
  /** To be written before anything is decided: the writes wake the controller again. */
  readonly claims: readonly Claim[];
  readonly history: readonly HistoryStep[];
  /** Absent while claims or the history are written: the writes wake the controller again. */
  readonly work?: Work;
}

export interface Work {
  /** Of the revision that new pods are of. */
  readonly hash: string;
  /** Nodes that need a pod, by name. */
  readonly create: readonly string[];
  readonly remove: readonly Pod[];
  readonly events: readonly EventDraft[];
  /** Nodes on which a failed pod is deleted. */
  readonly backsOff: readonly string[];
  /** Why pods are made and deleted. */
  readonly code: 'daemon-pods' | 'daemon-update';
  /** The same object as in the view: nothing to write. */
  readonly status: DaemonSetStatus;
}

/** The most pods that are created, and the most that are deleted, in one look; the next goes on where this one stopped. */
const burst = 250;

export function planDaemonSet({ set, claims, history, summary, pods }: DaemonSetView): DaemonSetPlan {
  if (!summary || !history.current) return { claims, history: history.steps };
  const managed = [...summary.changes];
  const changed = managed.map(([, changes]) => changes);
  const manages = changed.some(({ create, remove }) => create.length + remove.length > 0);
  const { create, remove } = manages ? together(changed) : roll(summary, boundsOf(set, summary.desired));
  return {
    claims,
    history: surplusRevisions(set, history.old, pods),
    work: {
      hash: hashOf(history.current)!,
      create: create.slice(0, burst),
      remove: remove.slice(0, burst),
      events: changed.flatMap(({ events }) => events),
      backsOff: managed.filter(([, { backsOff }]) => backsOff).map(([node]) => node),
      code: manages ? 'daemon-pods' : 'daemon-update',
      status: statusOf(set, summary),
    },
    requeueAfterMs: summary.nextMs,
  };
}
