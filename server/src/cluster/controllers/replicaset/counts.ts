// How many pods a ReplicaSet has, of every sort that its status counts.
// Cost: the number of different label sets among its pods (a few, one for each zone), and with minReadySeconds the number of
// different seconds at which pods became ready; never the number of pods. The index keeps the sums.
import type { StringMap } from '../../../kube/object.ts';
import { parseTime } from '../../../kube/time.ts';
import type { ReplicaSet } from '../../../schema/generated/types.ts';
import type { PodBucket } from '../../store/indexes.ts';
import type { ReplicaKind } from './replica-kind.ts';

export interface PodCounts {
  readonly active: number;
  /** Labelled with everything that the template says. */
  readonly fullyLabeled: number;
  readonly ready: number;
  /** Ready for at least minReadySeconds. */
  readonly available: number;
  readonly terminating: number;
  /** In how many milliseconds the next ready pod becomes available. */
  readonly nextAvailableMs?: number;
}

/** Counts the pods of a bucket. All of them must be selected (see allSelected). */
export function countPods(set: ReplicaSet, { counts, tallies }: PodBucket, nowMs: number): PodCounts {
  const { active = 0, ready = 0, terminating = 0 } = counts;
  const wantedLabels = set.spec.template.metadata?.labels ?? noLabels;
  let fullyLabeled = 0;
  for (const [text, count] of tallies.labels ?? noTally) {
    if (remembered(set.spec.template, text, (labels) => includes(labels, wantedLabels))) fullyLabeled += count;
  }
  return { active, fullyLabeled, ready, terminating, ...availability(set.spec.minReadySeconds ?? 0, ready, tallies.readySince ?? noTally, nowMs) };
}

/** Whether the selector selects every pod of the bucket; one that it does not is about to be released. */
export function allSelected(kind: ReplicaKind, set: ReplicaSet, { tallies }: PodBucket): boolean {
  const selected = (text: string) => remembered(kind.selectorOf(set), text, (labels) => kind.selects(set, labels));
  for (const text of tallies.labels?.keys() ?? []) if (!selected(text)) return false;
  for (const text of tallies.terminatingLabels?.keys() ?? []) if (!selected(text)) return false;
  return true;
}

/**
 * A pod that became ready at 12:00:07 is available with minReadySeconds 3 from 12:00:10 on. Ready times have whole seconds,
 * rounded down: the pod may have become ready at 12:00:07.9, and is available 2.1 s later.
 */
function availability(
  minReadySeconds: number,
  ready: number,
  readySince: ReadonlyMap<string, number>,
  nowMs: number,
): Pick<PodCounts, 'available' | 'nextAvailableMs'> {
  if (minReadySeconds === 0) return { available: ready };
  let available = 0;
  let next = Number.POSITIVE_INFINITY;
  for (const [text, count] of readySince) {
    const since = parseTime(text);
    if (since === undefined) continue;
    const left = since + minReadySeconds * 1000 - nowMs;
    if (left <= 0) available += count;
    else next = Math.min(next, left);
  }
  return { available, ...(next !== Number.POSITIVE_INFINITY && { nextAvailableMs: next }) };
}

const includes = (labels: StringMap, wanted: StringMap) => Object.entries(wanted).every(([key, value]) => labels[key] === value);

// Label texts repeat from look to look, and so do the answers. They are kept as long as the selector or template they are about.
const answers = new WeakMap<object, Map<string, boolean>>();

function remembered(subject: object, text: string, judge: (labels: StringMap) => boolean): boolean {
  let known = answers.get(subject);
  if (!known) answers.set(subject, (known = new Map()));
  let answer = known.get(text);
  if (answer === undefined) known.set(text, (answer = judge(JSON.parse(text) as StringMap)));
  return answer;
}

const noLabels: StringMap = {};
const noTally: ReadonlyMap<string, number> = new Map();
