// Which pods go first when there are too many.
// Source: ActivePodsWithRanks (pkg/controller/controller_utils.go).
import TinyQueue from 'tinyqueue';
import { parseTime } from '../../../kube/time.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { readyCondition } from '../../store/pod-facts.ts';

/** The `count` pods that go first. `relatedOn`: active pods of the same Deployment on a node. */
export function choosePods(pods: readonly Pod[], count: number, relatedOn: (node: string) => number, nowMs: number): readonly Pod[] {
  if (count >= pods.length) return pods;
  const related = new Map<string, number>();
  const candidates = pods.map((pod): Candidate => {
    const facts = factsOf(pod);
    let onNode = related.get(facts.node);
    if (onNode === undefined) related.set(facts.node, (onNode = relatedOn(facts.node)));
    return { facts, related: onNode };
  });
  return firstOf(candidates, count, (a, b) => compare(a, b, nowMs)).map(({ facts }) => facts.pod);
}

interface Candidate {
  readonly facts: PodFacts;
  readonly related: number;
}

/** Negative: a goes before b. The first of these rules that tells them apart decides. */
function compare({ facts: a, related: onNodeOfA }: Candidate, { facts: b, related: onNodeOfB }: Candidate, nowMs: number): number {
  return (
    // 1. without a node before with one
    Number(a.node !== '') - Number(b.node !== '') ||
    // 2. Pending before Unknown before Running
    a.phase - b.phase ||
    // 3. not ready before ready
    Number(a.ready) - Number(b.ready) ||
    // 4. the lower deletion cost
    a.cost - b.cost ||
    // 5. more company on its node
    onNodeOfB - onNodeOfA ||
    // 6. ready for a shorter time
    (a.ready && b.ready ? compareAges(a, b, a.readyAt, b.readyAt, nowMs) : 0) ||
    // 7. restarted more often, sidecars last
    b.restarts - a.restarts ||
    b.sidecarRestarts - a.sidecarRestarts ||
    // 8. created later
    compareAges(a, b, a.createdAt, b.createdAt, nowMs)
  );
}

/**
 * Younger first, but only roughly: ages count as equal when their logarithms (base 2, in nanoseconds) have the same whole part,
 * and then the uid decides, which is as good as chance. So pods of 40 s and 60 s (2³⁵·² and 2³⁵·⁸ ns) are alike, and one of 80 s
 * (2³⁶·²) is older. This spreads deletions over zones and nodes whose pods came in waves. An unknown time goes first.
 */
function compareAges(a: PodFacts, b: PodFacts, timeOfA: number, timeOfB: number, nowMs: number): number {
  if (timeOfA === timeOfB) return 0;
  if (timeOfA === unknown || timeOfB === unknown) return timeOfA === unknown ? -1 : 1;
  return logAge(timeOfA, nowMs) - logAge(timeOfB, nowMs) || compareText(a.uid, b.uid);
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const nanosecondsInMs = 1e6;

export function logAge(timeMs: number, nowMs: number): number {
  const age = (nowMs - timeMs) * nanosecondsInMs;
  return age > 0 ? Math.trunc(Math.log2(age)) : -1;
}

/** A time that is absent. */
const unknown = Number.NEGATIVE_INFINITY;

interface PodFacts {
  readonly pod: Pod;
  readonly uid: string;
  /** '' while it has none. */
  readonly node: string;
  readonly phase: number;
  readonly ready: boolean;
  readonly cost: number;
  /** Milliseconds since 1970. */
  readonly readyAt: number;
  readonly createdAt: number;
  readonly restarts: number;
  readonly sidecarRestarts: number;
}

const phases: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

// A rollout deletes pods a few at a time from a crowd that hardly changes, so what is read from a pod is kept with it.
const known = new WeakMap<Pod, PodFacts>();

function factsOf(pod: Pod): PodFacts {
  let facts = known.get(pod);
  if (!facts) known.set(pod, (facts = readFacts(pod)));
  return facts;
}

function readFacts(pod: Pod): PodFacts {
  const { metadata, spec, status } = pod;
  const condition = readyCondition(pod);
  const ready = condition?.status === 'True';
  const sidecars = new Set(spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name));
  return {
    pod,
    uid: metadata.uid,
    node: spec.nodeName ?? '',
    phase: phases[status.phase ?? ''] ?? 0,
    ready,
    cost: deletionCost(pod),
    readyAt: (ready ? parseTime(condition.lastTransitionTime) : undefined) ?? unknown,
    createdAt: parseTime(metadata.creationTimestamp) ?? unknown,
    restarts: mostRestarts(status.containerStatuses),
    sidecarRestarts: mostRestarts(status.initContainerStatuses?.filter(({ name }) => sidecars.has(name))),
  };
}

const mostRestarts = (statuses: readonly { readonly restartCount: number }[] | undefined) =>
  Math.max(0, ...(statuses ?? []).map(({ restartCount }) => restartCount));

/** controller.kubernetes.io/pod-deletion-cost, an int32 without '+' and leading zeros; anything else counts as 0. */
export function deletionCost({ metadata }: Pod): number {
  const text = metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'];
  if (text === undefined || !/^(0|[1-9]\d*|-\d+)$/.test(text)) return 0;
  const cost = Number(text);
  return cost >= -0x8000_0000 && cost <= 0x7fff_ffff ? cost : 0;
}

/** The first `count` items in order, found in one pass: it keeps the best so far, and their worst on top to be beaten. */
function firstOf<T>(items: readonly T[], count: number, compare: (a: T, b: T) => number): readonly T[] {
  const best = new TinyQueue<T>([], (a, b) => compare(b, a));
  for (const item of items) {
    if (best.length < count) best.push(item);
    else if (compare(item, best.peek()!) < 0) {
      best.pop();
      best.push(item);
    }
  }
  const found: T[] = [];
  while (best.length > 0) found.push(best.pop()!);
  return found.reverse();
}
