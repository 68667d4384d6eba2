// Which pods go first when there are too many.
// Source: ActivePodsWithRanks (pkg/controller/controller_utils.go).
import TinyQueue from 'tinyqueue';
import { parseTime } from '../../../kube/time.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { isActive, readyCondition } from '../../store/pod-facts.ts';

/** The `count` active pods that go first, `active` being how many there are. `relatedOn`: active pods of the same Deployment on a node. */
export function choosePods(pods: Iterable<Pod>, active: number, count: number, relatedOn: (node: string) => number, nowMs: number): readonly Pod[] {
  if (count >= active) return [...pods].filter(isActive);
  const related = new Map<string, number>();
  const company = (node: string) => {
    let onNode = related.get(node);
    if (onNode === undefined) related.set(node, (onNode = relatedOn(node)));
    return onNode;
  };
  const compare = (a: PodFacts, b: PodFacts) => comparePods(a, b, company, nowMs);
  // One pass, for there may be thousands of which one goes: it keeps the first so far, and the last of them on top, to be beaten.
  const first = new TinyQueue<PodFacts>([], (a, b) => compare(b, a));
  for (const pod of pods) {
    if (!isActive(pod)) continue;
    const facts = factsOf(pod);
    if (first.length < count) first.push(facts);
    else if (compare(facts, first.peek()!) < 0) {
      first.pop();
      first.push(facts);
    }
  }
  const chosen: Pod[] = [];
  while (first.length > 0) chosen.push(first.pop()!.pod);
  return chosen.reverse();
}

/** Negative: a goes before b. The first of these rules that tells them apart decides. */
function comparePods(a: PodFacts, b: PodFacts, company: (node: string) => number, nowMs: number): number {
  return (
    // 1. without a node, 2. Pending, then Unknown, 3. not ready
    a.standing - b.standing ||
    // 4. the lower deletion cost
    a.cost - b.cost ||
    // 5. more company on its node
    (a.node === b.node ? 0 : company(b.node) - company(a.node)) ||
    // 6. ready for a shorter time
    compareAges(a, b, a.readyAt, b.readyAt, nowMs) ||
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
  return logAge(timeOfA, nowMs) - logAge(timeOfB, nowMs) || a.uidHead - b.uidHead || compareText(a.uid, b.uid);
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
  /** Its first characters as a number that orders as they do: most comparisons end there, and numbers are quicker than text. */
  readonly uidHead: number;
  /** '' while it has none. */
  readonly node: string;
  /** How far it has come: 0 for one that nobody would miss, up to one that has a node, runs and is ready. */
  readonly standing: number;
  readonly cost: number;
  /** Milliseconds since 1970; the same for all that are not ready. */
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
    uidHead: headOf(metadata.uid),
    node: spec.nodeName ?? '',
    standing: (spec.nodeName ? 6 : 0) + (phases[status.phase ?? ''] ?? 0) * 2 + (ready ? 1 : 0),
    cost: deletionCost(pod),
    readyAt: (ready ? parseTime(condition.lastTransitionTime) : undefined) ?? unknown,
    createdAt: parseTime(metadata.creationTimestamp) ?? unknown,
    restarts: mostRestarts(status.containerStatuses),
    sidecarRestarts: mostRestarts(status.initContainerStatuses?.filter(({ name }) => sidecars.has(name))),
  };
}

/** Six characters of seven bits. */
function headOf(uid: string): number {
  let head = 0;
  for (let i = 0; i < 6; i++) head = head * 128 + Math.min(127, uid.charCodeAt(i) || 0);
  return head;
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
