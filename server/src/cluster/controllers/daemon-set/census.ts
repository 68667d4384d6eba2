// What a DaemonSet's nodes come to, remembered and changed node by node: a look at a set of 10,000 nodes costs as many nodes as changed
// since the look before.
// Invariant: the census equals one that is taken anew (test/cluster/controllers/daemon-set). Only the order in which nodes are
// taken depends on what came before; a fork copies it.
import type { Pod } from '../../../schema/generated/types.ts';
import { manageNode, type Changes, type NodeChanges } from './manage.ts';
import type { DaemonNode, Rules } from './node.ts';
import { updateNode, type Progress, type UpdateStep } from './rolling.ts';
import { availabilityWaitMs, countsOf, type Counts } from './counts.ts';

export interface Summary extends Progress, Counts {
  /** Nodes that are not as they should be, by name. */
  readonly changes: ReadonlyMap<string, NodeChanges>;
  /** Pods that the set controls and no longer selects, by node. */
  readonly unselected: ReadonlyMap<string, readonly Pod[]>;
  /** In how many milliseconds time alone changes something. */
  readonly nextMs: number | undefined;
}

/** One node as it was last seen; `unselected`: what the set controls there and does not select. */
interface Report {
  readonly counts: Counts;
  readonly busy: number;
  readonly serving: number;
  readonly changes: NodeChanges | undefined;
  readonly step: UpdateStep | undefined;
  readonly unselected: readonly Pod[];
  readonly waitMs: number | undefined;
}

const sums = ['desired', 'current', 'ready', 'available', 'updated', 'misscheduled'] as const;
const whens = ['now', 'bounded', 'spare'] as const;

/** A census as plain data. */
export interface CensusMemory {
  readonly reports: ReadonlyMap<string, Report>;
  readonly waiting: ReadonlySet<string>;
  readonly sums: Readonly<Record<Sum, number>>;
  readonly changes: ReadonlyMap<string, NodeChanges>;
  readonly unselected: ReadonlyMap<string, readonly Pod[]>;
  readonly steps: Readonly<Record<UpdateStep['when'], ReadonlyMap<string, Changes>>>;
}

type Sum = (typeof sums)[number] | 'busy' | 'serving';

const nothing: CensusMemory = {
  reports: new Map(),
  waiting: new Set(),
  sums: { desired: 0, current: 0, ready: 0, available: 0, updated: 0, misscheduled: 0, busy: 0, serving: 0 },
  changes: new Map(),
  unselected: new Map(),
  steps: { now: new Map(), bounded: new Map(), spare: new Map() },
};

export class Census {
  readonly #reports: Map<string, Report>;
  /** Nodes that look different when only time has passed. */
  readonly #waiting: Set<string>;
  readonly #sums: Record<Sum, number>;
  readonly #changes: Map<string, NodeChanges>;
  readonly #unselected: Map<string, readonly Pod[]>;
  readonly #steps: Record<UpdateStep['when'], Map<string, Changes>>;

  constructor({ reports, waiting, sums: counted, changes, unselected, steps } = nothing) {
    this.#reports = new Map(reports);
    this.#waiting = new Set(waiting);
    this.#sums = { ...counted };
    this.#changes = new Map(changes);
    this.#unselected = new Map(unselected);
    this.#steps = { now: new Map(steps.now), bounded: new Map(steps.bounded), spare: new Map(steps.spare) };
  }

  /** Not to be changed; whoever keeps it makes a copy. */
  get memory(): CensusMemory {
    return { reports: this.#reports, waiting: this.#waiting, sums: this.#sums, changes: this.#changes, unselected: this.#unselected, steps: this.#steps };
  }

  get waiting(): ReadonlySet<string> {
    return this.#waiting;
  }

  /** Takes the node as it is now in the place of what was known of it. A node that is gone and has no pods is forgotten. */
  see(node: DaemonNode, unselected: readonly Pod[], rules: Rules): void {
    const before = this.#reports.get(node.name);
    if (before) this.#count(before, -1);
    if (node.placement === 'gone' && node.pods.length + unselected.length === 0) return this.#forget(node.name);
    const report = reportOn(node, unselected, rules);
    this.#count(report, 1);
    this.#reports.set(node.name, report);
    keep(this.#changes, node.name, report.changes);
    keep(this.#unselected, node.name, unselected.length > 0 ? unselected : undefined);
    for (const when of whens) keep(this.#steps[when], node.name, report.step?.when === when ? report.step.changes : undefined);
    if (report.waitMs === undefined) this.#waiting.delete(node.name);
    else this.#waiting.add(node.name);
  }

  /** Live: it changes with the next node that is seen. */
  get summary(): Summary {
    const waits = [...this.#waiting].map((name) => this.#reports.get(name)!.waitMs!);
    return {
      ...this.#sums,
      changes: this.#changes,
      unselected: this.#unselected,
      steps: this.#steps,
      nextMs: waits.length === 0 ? undefined : Math.min(...waits),
    };
  }

  #forget(name: string): void {
    this.#reports.delete(name);
    this.#waiting.delete(name);
    for (const map of [this.#changes, this.#unselected, ...Object.values(this.#steps)]) map.delete(name);
  }

  #count({ counts, busy, serving }: Report, sign: 1 | -1): void {
    for (const sum of sums) this.#sums[sum] += sign * counts[sum];
    this.#sums.busy += sign * busy;
    this.#sums.serving += sign * serving;
  }
}

function reportOn(node: DaemonNode, unselected: readonly Pod[], rules: Rules): Report {
  const changes = manageNode(node, rules);
  const { busy, serving, step } = updateNode(node, rules);
  const waits = [availabilityWaitMs(node, rules), changes?.waitMs].filter((ms) => ms !== undefined);
  return { counts: countsOf(node, rules), busy, serving, changes, step, unselected, waitMs: waits.length === 0 ? undefined : Math.min(...waits) };
}

/** What keeps its place in the map is not moved. */
function keep<T>(map: Map<string, T>, name: string, value: T | undefined): void {
  if (value === undefined) map.delete(name);
  else map.set(name, value);
}
