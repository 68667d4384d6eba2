// The rolling update: old pods go, or new ones come beside them, as far as the bounds allow. Making a pod where one went is the
// business of manage.ts, which comes first; what it would change is not decided here.
// Source: rollingUpdate, findUpdatedPodsOnNode (pkg/controller/daemon/update.go).
import type { Pod } from '../../../schema/generated/types.ts';
import { availableInMs } from './availability.ts';
import type { Bounds } from './bounds.ts';
import { isUpdated } from './daemon-pod.ts';
import type { Changes } from './manage.ts';
import type { DaemonNode } from './nodes.ts';

export interface RollingRules extends Bounds {
  readonly hash: string;
  readonly minReadySeconds: number;
  /** How many nodes should have a pod. */
  readonly desired: number;
  readonly nowMs: number;
}

export const roll = (nodes: readonly DaemonNode[], rules: RollingRules): Changes => (rules.maxSurge === 0 ? replaceOld(nodes, rules) : surge(nodes, rules));

/**
 * Deletes what is old: unavailable pods at once, since nobody misses them, and available ones as long as fewer than
 * maxUnavailable nodes are without an available pod.
 *   5 nodes, maxUnavailable 2; one new pod not available yet, 4 old available: 2 − 1 = 1 of them goes.
 */
function replaceOld(nodes: readonly DaemonNode[], rules: RollingRules): Changes {
  const broken: Pod[] = [];
  const candidates: Pod[] = [];
  let unavailable = 0;
  for (const node of involved(nodes)) {
    const pair = pairOn(node, rules);
    if (pair?.updated && !pair.old) unavailable += isAvailable(pair.updated, rules) ? 0 : 1;
    else if (!pair?.old || pair.updated) unavailable++;
    else if (isAvailable(pair.old, rules)) candidates.push(pair.old);
    else {
      broken.push(pair.old);
      unavailable++;
    }
  }
  return { create: [], remove: [...broken, ...candidates.slice(0, Math.max(0, rules.maxUnavailable - unavailable))] };
}

/**
 * Makes new pods beside old ones: at once where the old one is not available, and beside available ones on up to maxSurge nodes
 * at a time. An old pod goes when the new one beside it is available.
 * On a node that should have no pod any more, the old one goes when it is not available, or when enough others are: 3 nodes should
 * have one, 4 have an available one: 4 − 3 = 1 may go.
 */
function surge(nodes: readonly DaemonNode[], rules: RollingRules): Changes {
  const remove: Pod[] = [];
  const create: string[] = [];
  const leaving: Pod[] = [];
  const candidates: string[] = [];
  let [surging, available] = [0, 0];
  for (const node of involved(nodes)) {
    const pair = pairOn(node, rules);
    if (!pair) {
      surging++;
      continue;
    }
    const { old, updated } = pair;
    const first = old ?? updated;
    const serves = first !== undefined && isAvailable(first, rules);
    if (serves) available++;
    // Without an old pod there is nothing to do, and on a node that is gone nothing can be done.
    if (!old || node.placement === 'gone') continue;
    if (updated) {
      if (isAvailable(updated, rules)) remove.push(old);
      else surging++;
    } else if (node.placement !== 'run') (serves ? leaving : remove).push(old);
    else (serves ? candidates : create).push(node.name);
  }
  return {
    create: [...create, ...candidates.slice(0, Math.max(0, rules.maxSurge - surging))],
    remove: [...remove, ...leaving.slice(0, Math.max(0, available - rules.desired))],
  };
}

/** Nodes that have a pod or should have one. */
const involved = (nodes: readonly DaemonNode[]): readonly DaemonNode[] => nodes.filter(({ placement, pods }) => placement === 'run' || pods.length > 0);

interface Pair {
  readonly old: Pod | undefined;
  readonly updated: Pod | undefined;
}

/** undefined: there are several of a sort, and manage.ts has yet to choose. */
function pairOn({ pods }: DaemonNode, { hash }: RollingRules): Pair | undefined {
  const kept = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const [updated, old] = [kept.filter((pod) => isUpdated(pod, hash)), kept.filter((pod) => !isUpdated(pod, hash))];
  return updated.length > 1 || old.length > 1 ? undefined : { old: old[0], updated: updated[0] };
}

const isAvailable = (pod: Pod, { minReadySeconds, nowMs }: RollingRules): boolean => availableInMs(pod, minReadySeconds, nowMs) === 0;
