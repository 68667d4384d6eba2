// The node controller: notices nodes that have gone silent, and keeps the taints that follow from the state of nodes.
import { splitKey } from '../../../kube/resource.ts';
import { formatTime } from '../../../kube/time.ts';
import type { Lease, Node, NodeCondition, Pod, Taint } from '../../../schema/generated/types.ts';
import type { Component, ComponentFactory, Surroundings } from '../../runtime/component.ts';
import type { Writer } from '../../runtime/writer.ts';
import type { Commit } from '../../store/commit.ts';
import { podsByNode } from '../../store/indexes.ts';
import { readyCondition } from '../../store/pod-facts.ts';
import { withExecuteTaints, withScheduleTaints } from './condition-taints.ts';
import { evictionPace, isOverdue, lookEveryMs, readiness, unknownConditions, zoneOf, type Heard } from './node-health.ts';

const name = 'node-controller';
/** The look at all nodes. No node has such a name. */
const allNodes = 'all nodes';

export const nodeLifecycle: ComponentFactory = (surroundings) => new NodeLifecycle(surroundings);

interface Memory {
  readonly heard: ReadonlyMap<string, Heard>;
  readonly evictedAt: ReadonlyMap<string, number>;
}

class NodeLifecycle implements Component {
  readonly name = name;
  readonly watches = ['nodes'];
  readonly #agenda: Surroundings['agenda'];
  readonly #reader: Surroundings['reader'];
  readonly #writer: Writer;
  /** By node. */
  #heard = new Map<string, Heard>();
  /** By zone, when a node was last given the taint that evicts its pods. */
  #evictedAt = new Map<string, number>();

  constructor({ agenda, reader, writer }: Surroundings) {
    this.#agenda = agenda;
    this.#reader = reader;
    this.#writer = writer(name);
  }

  onCommit({ key, before, after, resourceVersion }: Commit): void {
    if (!after) return void this.#heard.delete(key);
    // The agenda keeps one timer for the look at all nodes, so asking with every node does no harm.
    if (!before) this.#agenda.wakeAt(this.#agenda.now + lookEveryMs, name, allNodes);
    if (!before || taintsMayChange(before as Node, after as Node)) this.#agenda.wake(name, key, resourceVersion);
  }

  wake(key: string): void {
    if (key === allNodes) return this.#lookAtAll();
    const node = this.#reader.get<Node>('nodes', undefined, key);
    if (node) this.#setTaints(node, withScheduleTaints(node, this.#time));
  }

  snapshot(): Memory {
    return { heard: new Map(this.#heard), evictedAt: new Map(this.#evictedAt) };
  }

  restore(memory: unknown): void {
    const { heard, evictedAt } = memory as Memory;
    this.#heard = new Map(heard);
    this.#evictedAt = new Map(evictedAt);
  }

  get #time(): string {
    return formatTime(this.#agenda.now);
  }

  #setTaints(node: Node, taints: readonly Taint[] | undefined): void {
    if (!taints) return;
    const { taints: _, ...spec } = node.spec;
    this.#writer.update<Node>('nodes', { ...node, spec: { ...spec, ...(taints.length > 0 && { taints }) } }, { code: 'node-taints', args: {} });
  }

  #lookAtAll(): void {
    const nodes = [...this.#reader.collection('nodes').values()] as Node[];
    if (nodes.length > 0) this.#writer.wakeAt(this.#agenda.now + lookEveryMs, allNodes);
    const pace = nodes.some((node) => readiness(node) !== 'True') ? evictionPace(nodes) : undefined;
    for (const node of nodes) {
      // As it stood before this look: a node that has just fallen silent is evicted at the next one.
      this.#evict(node, pace);
      if (isOverdue(this.#listen(node.metadata.name), this.#agenda.now)) this.#declareLost(node.metadata.name);
    }
  }

  #listen(node: string): Heard {
    const renewTime = this.#reader.get<Lease>('leases.coordination.k8s.io', 'kube-node-lease', node)?.spec.renewTime;
    const before = this.#heard.get(node);
    if (before && before.renewTime === renewTime) return before;
    const heard = { renewTime, at: this.#agenda.now };
    this.#heard.set(node, heard);
    return heard;
  }

  #evict(node: Node, pace: ReadonlyMap<string, number> | undefined): void {
    const ready = readiness(node);
    const zone = zoneOf(node);
    const every = pace?.get(zone);
    const taints = withExecuteTaints(node, every === undefined ? 'True' : ready, this.#time);
    if (!taints) return;
    if (ready !== 'True' && every !== undefined) {
      if (this.#agenda.now < (this.#evictedAt.get(zone) ?? 0) + every) return;
      this.#evictedAt.set(zone, this.#agenda.now);
    }
    this.#setTaints(node, taints);
  }

  #declareLost(nodeName: string): void {
    const node = this.#reader.get<Node>('nodes', undefined, nodeName)!;
    const conditions = unknownConditions(node, this.#time);
    if (!conditions) return;
    const wasReady = readiness(node) === 'True';
    this.#writer.updateStatus<Node>('nodes', { ...node, status: { ...node.status, conditions } }, { code: 'node-lost', args: { node: nodeName } });
    if (!wasReady) return;
    this.#writer.event(node, { type: 'Normal', reason: 'NodeNotReady', message: `Node ${nodeName} status is now: NodeNotReady` });
    for (const key of this.#reader.indexed(podsByNode, nodeName).objects.keys()) this.#markNotReady(key);
  }

  #markNotReady(key: string): void {
    const { namespace, name: podName } = splitKey(key);
    const pod = this.#reader.get<Pod>('pods', namespace, podName)!;
    if (readyCondition(pod)?.status !== 'True') return;
    const conditions = pod.status.conditions!.map((condition) =>
      condition.type === 'Ready' ? { ...condition, status: 'False', lastTransitionTime: this.#time } : condition,
    );
    this.#writer.updateStatus<Pod>('pods', { ...pod, status: { ...pod.status, conditions } }, { code: 'node-lost', args: { node: pod.spec.nodeName! } });
    this.#writer.event(pod, { type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' });
  }
}

/** Heartbeats change neither. */
const taintsMayChange = (before: Node, after: Node): boolean =>
  before.spec !== after.spec || statuses(before.status.conditions) !== statuses(after.status.conditions);

const statuses = (conditions: readonly NodeCondition[] = []): string => conditions.map(({ type, status }) => `${type} ${status}`).join();
