// What a look at a DaemonSet comes to: first its history, then a pod on every node, then the rolling update, then the history's limit.
// Invariant: only pods and revisions that the set controls and selects are ever deleted.
// Source: syncDaemonSet, updateDaemonSet, manage (pkg/controller/daemon/daemon_controller.go).
import type { DaemonSetStatus, Pod } from '../../../schema/generated/types.ts';
import type { Plan } from '../../runtime/controller.ts';
import type { EventDraft } from '../../runtime/writer.ts';
import { allowsSurge, boundsOf, isRolling } from './bounds.ts';
import { keptForMs } from './failed-pods.ts';
import { hashOf, historyOf, surplusRevisions, type HistoryStep } from './history.ts';
import { manageNode, type Changes, type NodeChanges } from './manage.ts';
import { roll } from './rolling.ts';
import { countNodes, statusOf, type Counts } from './status.ts';
import type { DaemonSetView } from './view.ts';

export interface DaemonSetPlan extends Plan {
  /** Pods and revisions to adopt or release before anything is decided: the writes wake the controller again. */
  readonly claims: boolean;
  readonly history: readonly HistoryStep[];
  /** Absent while the history is being put in order: the writes wake the controller again. */
  readonly work?: Work;
}

export interface Work {
  /** Of the revision that new pods are of. */
  readonly hash: string;
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

export function planDaemonSet(view: DaemonSetView, nowMs: number): DaemonSetPlan {
  if (view.claims) return { claims: true, history: [] };
  const { set, nodes, pods } = view;
  const { current, old, steps } = historyOf(set, view.revisions, pods, view.revisionNamed);
  const hash = current && hashOf(current);
  if (hash === undefined || steps.length > 0) return { claims: false, history: steps };
  const { minReadySeconds = 0 } = set.spec;
  const counts = countNodes(nodes, hash, minReadySeconds, nowMs);
  const rules = { hash, minReadySeconds, nowMs, surges: allowsSurge(set), keptForMs: (node: string) => keptForMs(view.backoffOf(node), nowMs) };
  const managed = nodes.map((node) => ({ node, changes: manageNode(node, rules) }));
  const changed = managed.map(({ changes }) => changes);
  const manages = changed.some(({ create, remove }) => create.length + remove.length > 0);
  const changes = manages || !isRolling(set) ? together(changed) : roll(nodes, { ...rules, ...boundsOf(set, counts.desired), desired: counts.desired });
  return {
    claims: false,
    history: surplusRevisions(set, old, pods),
    work: {
      hash,
      create: changes.create.slice(0, burst),
      remove: changes.remove.slice(0, burst),
      events: changed.flatMap(({ events }) => events),
      backsOff: managed.filter((each) => each.changes.backsOff).map(({ node }) => node.name),
      code: manages ? 'daemon-pods' : 'daemon-update',
      status: statusOf(set, counts),
    },
    requeueAfterMs: nextLookMs(changed, counts),
  };
}

const together = (all: readonly Changes[]): Changes => ({ create: all.flatMap(({ create }) => create), remove: all.flatMap(({ remove }) => remove) });

/** Time alone makes a ready pod available, and ends the wait of a failed one. */
function nextLookMs(changed: readonly NodeChanges[], { nextAvailableMs }: Counts): number | undefined {
  const moments = [nextAvailableMs, ...changed.map(({ requeueAfterMs }) => requeueAfterMs)].filter((ms) => ms !== undefined);
  return moments.length === 0 ? undefined : Math.min(...moments);
}
