// The rolling update: old pods go, or new ones come beside them, as far as the bounds allow. Making a pod where one went is the
// business of manage.ts, which comes first.
// Source: rollingUpdate, findUpdatedPodsOnNode (pkg/controller/daemon/update.go).
import type { Pod } from '../../../schema/generated/types.ts';
import { availableInMs } from './availability.ts';
import type { Bounds } from './bounds.ts';
import { isUpdated } from './daemon-pod.ts';
import type { Changes } from './manage.ts';
import type { DaemonNode, Rules } from './node.ts';

/** What a rolling update makes of one node. */
export interface NodeUpdate {
  /** The node is without an available pod (replace), or waits for the new one beside the old one (surge): it uses up the bound. */
  readonly busy: 0 | 1;
  /** The pod that served first serves still (surge). */
  readonly serving: 0 | 1;
  readonly step?: UpdateStep;
}

export interface UpdateStep {
  /** now: nobody misses what goes. bounded: as many as the bound leaves room for. spare: as many as serve beyond those that should. */
  readonly when: 'now' | 'bounded' | 'spare';
  readonly changes: Changes;
}

const idle: NodeUpdate = { busy: 0, serving: 0 };
const busy: NodeUpdate = { busy: 1, serving: 0 };

export function updateNode(node: DaemonNode, rules: Rules): NodeUpdate {
  if (rules.update === 'onDelete' || (node.placement !== 'run' && node.pods.length === 0)) return idle;
  const pair = pairOn(node, rules);
  // manage.ts has yet to choose among several of a sort.
  if (!pair) return busy;
  return rules.update === 'replace' ? replaceOld(pair, rules) : surge(node, pair, rules);
}

/** An old pod that is not available goes at once; an available one when fewer than maxUnavailable nodes are without an available pod. */
function replaceOld({ old, updated }: Pair, rules: Rules): NodeUpdate {
  if (!old === !updated) return busy;
  if (updated) return isAvailable(updated, rules) ? idle : busy;
  const changes: Changes = { create: [], remove: [old!] };
  return isAvailable(old!, rules) ? { ...idle, step: { when: 'bounded', changes } } : { ...busy, step: { when: 'now', changes } };
}

/**
 * A new pod comes beside an old one at once when that is not available, and beside available ones on up to maxSurge nodes at a
 * time; the old one goes when the new one is available. On a node that should have no pod any more the old one goes when it is not
 * available, or when enough others are.
 */
function surge({ name, placement }: DaemonNode, { old, updated }: Pair, rules: Rules): NodeUpdate {
  const first = old ?? updated;
  const serving = first && isAvailable(first, rules) ? 1 : 0;
  // Without an old pod there is nothing to do, and on a node that is gone nothing can be done.
  if (!old || placement === 'gone') return { busy: 0, serving };
  const remove: Changes = { create: [], remove: [old] };
  if (updated) return isAvailable(updated, rules) ? { busy: 0, serving, step: { when: 'now', changes: remove } } : { busy: 1, serving };
  if (placement !== 'run') return { busy: 0, serving, step: { when: serving ? 'spare' : 'now', changes: remove } };
  return { busy: 0, serving, step: { when: serving ? 'bounded' : 'now', changes: { create: [name], remove: [] } } };
}

interface Pair {
  readonly old: Pod | undefined;
  readonly updated: Pod | undefined;
}

/** undefined: there are several of a sort. */
function pairOn({ pods }: DaemonNode, { hash }: Rules): Pair | undefined {
  let [old, updated]: [Pod | undefined, Pod | undefined] = [undefined, undefined];
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    const isNew = isUpdated(pod, hash);
    if (isNew ? updated : old) return undefined;
    if (isNew) updated = pod;
    else old = pod;
  }
  return { old, updated };
}

const isAvailable = (pod: Pod, { minReadySeconds, nowMs }: Rules): boolean => availableInMs(pod, minReadySeconds, nowMs) === 0;

export interface Progress {
  readonly desired: number;
  readonly busy: number;
  readonly serving: number;
  /** The steps of nodes, by when they may be taken and by name. */
  readonly steps: Readonly<Record<UpdateStep['when'], ReadonlyMap<string, Changes>>>;
}

/**
 * The steps that may be taken now.
 *   Replace, 5 nodes, maxUnavailable 2; one new pod not available yet, 4 old ones available: 2 − 1 = 1 of them goes.
 *   Surge, 3 nodes should have a pod and 4 have one that serves: 4 − 3 = 1 of those that should not may go.
 */
export function roll({ desired, busy: taken, serving, steps }: Progress, { maxSurge, maxUnavailable }: Bounds): Changes {
  const room = (maxSurge > 0 ? maxSurge : maxUnavailable) - taken;
  return together([...steps.now.values(), ...first(steps.bounded.values(), room), ...first(steps.spare.values(), serving - desired)]);
}

export const together = (all: readonly Changes[]): Changes => ({ create: all.flatMap(({ create }) => create), remove: all.flatMap(({ remove }) => remove) });

function* first<T>(items: Iterable<T>, count: number): Iterable<T> {
  let left = count;
  if (left <= 0) return;
  for (const item of items) {
    yield item;
    if (--left === 0) return;
  }
}
