// What the scheduler knows of one node: what it offers, and the sums of what its pods ask for.
// Invariant: the sums equal those over the pods bound to the node that are not finished (test/cluster/scheduler/node-cache.test.ts).
import { milliUnitsOf, unitsOf } from '../../kube/quantity.ts';
import type { Node, Pod, Taint } from '../../schema/generated/types.ts';
import { hostPortsOf, UsedPorts } from './host-ports.ts';
import { podRequests, type Requests } from './pod-requests.ts';

const noTaints: readonly Taint[] = [];
const unschedulableTaint: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

export class NodeInfo {
  readonly name: string;
  node!: Node;

  // What it offers, in the units of Requests.
  cpu = 0;
  memory = 0;
  ephemeralStorage = 0;
  pods = 0;
  others: ReadonlyMap<string, number> = new Map();
  /** Taints that keep pods away: NoSchedule and NoExecute. */
  forbidding: readonly Taint[] = noTaints;
  /** Taints that pods would rather avoid: PreferNoSchedule. */
  discouraging: readonly Taint[] = noTaints;
  /** Set when the node is cordoned: what a pod must tolerate to be put here nevertheless. */
  cordoned: Taint | undefined;
  zone: string | undefined;

  // What its pods ask for.
  usedCpu = 0;
  usedMemory = 0;
  usedEphemeralStorage = 0;
  usedPods = 0;
  usedOthers: Map<string, number> | undefined;
  assumedCpu = 0;
  assumedMemory = 0;
  ports: UsedPorts | undefined;
  /** How many pods of each priority there are. */
  readonly #priorities = new Map<number, number>();

  constructor(name: string) {
    this.name = name;
  }

  setNode(node: Node): void {
    this.node = node;
    const offered = node.status.allocatable ?? {};
    this.cpu = milliUnitsOf(offered['cpu'] ?? 0);
    this.memory = unitsOf(offered['memory'] ?? 0);
    this.ephemeralStorage = unitsOf(offered['ephemeral-storage'] ?? 0);
    this.pods = unitsOf(offered['pods'] ?? 0);
    const others = Object.entries(offered).filter(([name]) => !wellKnown.has(name));
    this.others = new Map(others.map(([name, amount]) => [name, unitsOf(amount)]));
    const taints = node.spec.taints ?? noTaints;
    this.forbidding = taints.filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute');
    this.discouraging = taints.filter(({ effect }) => effect === 'PreferNoSchedule');
    this.zone = node.metadata.labels?.['topology.kubernetes.io/zone'];
    this.cordoned = node.spec.unschedulable ? unschedulableTaint : undefined;
  }

  /** Of its pods; infinite when it has none. */
  get lowestPriority(): number {
    return Math.min(...this.#priorities.keys());
  }

  /** One that can be changed for trying something out. */
  copy(): NodeInfo {
    const copy = Object.assign(new NodeInfo(this.name), this);
    if (this.usedOthers) copy.usedOthers = new Map(this.usedOthers);
    if (this.ports) copy.ports = this.ports.copy();
    for (const [priority, count] of this.#priorities) copy.#priorities.set(priority, count);
    return copy;
  }

  /** Takes a pod's requests, ports and priority into account, or, with -1, out of it. */
  count(pod: Pod, sign: 1 | -1): void {
    this.countRequests(podRequests(pod.spec), sign);
    const priority = pod.spec.priority ?? 0;
    const left = (this.#priorities.get(priority) ?? 0) + sign;
    if (left === 0) this.#priorities.delete(priority);
    else this.#priorities.set(priority, left);
    const ports = hostPortsOf(pod.spec);
    if (ports.length > 0) for (const port of ports) (this.ports ??= new UsedPorts()).add(port, sign);
  }

  countRequests(requests: Requests, sign: 1 | -1): void {
    this.usedPods += sign;
    this.usedCpu += sign * requests.cpu;
    this.usedMemory += sign * requests.memory;
    this.usedEphemeralStorage += sign * requests.ephemeralStorage;
    this.assumedCpu += sign * requests.assumedCpu;
    this.assumedMemory += sign * requests.assumedMemory;
    if (requests.others) {
      this.usedOthers ??= new Map();
      for (const [name, amount] of requests.others) this.usedOthers.set(name, (this.usedOthers.get(name) ?? 0) + sign * amount);
    }
  }
}

const wellKnown: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);
