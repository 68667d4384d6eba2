// All kubelets of the cluster, as one component: each pod that is bound to a node is played by that node's kubelet.
//
// Invariant: a pod has at most one timer, for the next thing that happens to it; a pod that runs quietly has none.
// A node that is declared down (drydock.dev/fault: down on the Node) does nothing until it is up again; then it looks at all its pods.
import { podFaults } from '../../kube/fault-annotations.ts';
import { controllerOf } from '../../kube/object.ts';
import type { Node, Pod } from '../../schema/generated/types.ts';
import type { Component, ComponentFactory, Surroundings } from '../runtime/component.ts';
import type { Writer } from '../runtime/writer.ts';
import type { Commit } from '../store/commit.ts';
import { podsByNode } from '../store/indexes.ts';
import { isFinished } from '../store/pod-facts.ts';
import { copyPool, giveBack, newPool, podNetwork } from './addresses.ts';
import { hostAddressOf, isDown } from './node-object.ts';
import { PodPlace, type NodeMemory } from './pod-place.ts';
import type { PodRun } from './pod-run.ts';
import { podStatus } from './pod-status.ts';
import { ReadyTurns, type Turns } from './ready-turns.ts';
import { syncPod, type SyncResult } from './sync-pod.ts';

const name = 'kubelet';

export const kubelet: ComponentFactory = (surroundings) => new Kubelet(surroundings);

interface Memory {
  readonly runs: ReadonlyMap<string, PodRun>;
  readonly nodes: ReadonlyMap<string, NodeMemory>;
  readonly turns: Turns;
  readonly disturbed: ReadonlySet<string>;
}

class Kubelet implements Component {
  readonly name = name;
  readonly watches = ['pods', 'nodes'];
  readonly #agenda: Surroundings['agenda'];
  readonly #reader: Surroundings['reader'];
  readonly #writer: Writer;
  readonly #exitOf: Surroundings['exitOf'];
  /** By pod key. */
  #runs = new Map<string, PodRun>();
  #nodes = new Map<string, NodeMemory>();
  #turns = new ReadyTurns();
  /** Pods whose status somebody else has changed: it is posted again, as it is. */
  #disturbed = new Set<string>();

  constructor({ agenda, reader, writer, exitOf }: Surroundings) {
    this.#exitOf = exitOf;
    this.#agenda = agenda;
    this.#reader = reader;
    this.#writer = writer(name);
  }

  onCommit({ resource, key, before, after, cause, resourceVersion }: Commit): void {
    if (resource === 'nodes') return this.#onNode(before as Node | undefined, after as Node | undefined, resourceVersion);
    if (!after) return this.#forget(key);
    const pod = after as Pod;
    if (cause.by === name || !pod.spec.nodeName) return;
    if (before && !concerns(before as Pod, pod)) return;
    if (before && (before as Pod).spec === pod.spec && (before as Pod).status !== pod.status) this.#disturbed.add(key);
    this.#agenda.wake(name, key, resourceVersion);
  }

  wake(key: string): void {
    const pod = this.#reader.collection('pods').get(key) as Pod | undefined;
    const node = pod?.spec.nodeName ? this.#reader.get<Node>('nodes', undefined, pod.spec.nodeName) : undefined;
    if (!pod || !node || isDown(node)) return;
    const known = this.#runs.get(key);
    const run = known?.uid === pod.metadata.uid ? known : undefined;
    if (run?.gone || (!run && isFinished(pod))) return;
    if (known && !run) this.#forget(key);
    this.#sync(key, pod, node, run);
  }

  snapshot(): Memory {
    const nodes = new Map([...this.#nodes].map(([node, { pool, images }]) => [node, { pool: copyPool(pool), images: new Set(images) }]));
    return { runs: new Map(this.#runs), nodes, turns: new Map(this.#turns.turns), disturbed: new Set(this.#disturbed) };
  }

  restore(memory: unknown): void {
    const { runs, nodes, turns, disturbed } = memory as Memory;
    this.#runs = new Map(runs);
    this.#nodes = new Map([...nodes].map(([node, { pool, images }]) => [node, { pool: copyPool(pool), images: new Set(images) }]));
    this.#turns = new ReadyTurns(turns);
    this.#disturbed = new Set(disturbed);
  }

  #sync(key: string, pod: Pod, node: Node, before: PodRun | undefined): void {
    const faults = podFaults(pod.metadata.annotations);
    const owner = controllerOf(pod)?.uid;
    const memory = this.#memoryOf(node);
    const notReadyBefore = owner === undefined ? 0 : this.#turns.next(owner, faults.readyApartMs);
    const moment = { now: this.#agenda.now, faults, notReadyBefore, exitOf: this.#exitOf };
    const result = syncPod(pod, before, new PodPlace(pod, node, memory, moment));
    for (const image of result.pulled) memory.images.add(image);
    this.#runs.set(key, result.run);
    if (owner !== undefined && result.readyAt !== undefined) this.#turns.give(owner, faults.readyApartMs, result.readyAt, this.#agenda.now);
    this.#report(key, pod, node, result);
    if (result.nextAt !== undefined) this.#writer.wakeAt(result.nextAt, key);
  }

  #report(key: string, pod: Pod, node: Node, { run, changed, events }: SyncResult): void {
    for (const event of events) this.#writer.event(pod, event);
    // A new spec is acknowledged even when nothing else changes; a stop is seen by what becomes of the pod.
    const isStale = !pod.metadata.deletionTimestamp && pod.status.observedGeneration !== pod.metadata.generation;
    if (this.#disturbed.delete(key) || changed || isStale) {
      const status = podStatus(pod, run, { now: this.#agenda.now, hostIp: hostAddressOf(node) });
      this.#writer.updateStatus<Pod>('pods', { ...pod, status });
    }
    const { namespace, name: podName, uid } = pod.metadata;
    if (run.gone) this.#writer.delete('pods', namespace, podName, { uid, gracePeriodSeconds: 0 });
  }

  #memoryOf({ metadata, spec }: Node): NodeMemory {
    let memory = this.#nodes.get(metadata.name);
    if (!memory) {
      const network = spec.podCIDR ?? podNetwork([...this.#reader.collection('nodes').keys()].indexOf(metadata.name) + 1);
      this.#nodes.set(metadata.name, (memory = { pool: newPool(network), images: new Set() }));
    }
    return memory;
  }

  #onNode(before: Node | undefined, after: Node | undefined, because: number): void {
    if (!after) return void this.#nodes.delete(before!.metadata.name);
    if (isDown(after) || (before && !isDown(before))) return;
    for (const key of this.#reader.indexed(podsByNode, after.metadata.name).objects.keys()) this.#agenda.wake(name, key, because);
  }

  #forget(key: string): void {
    const run = this.#runs.get(key);
    this.#disturbed.delete(key);
    if (!run) return;
    this.#runs.delete(key);
    const memory = this.#nodes.get(run.node);
    if (memory && run.ip !== undefined) giveBack(memory.pool, run.ip);
  }
}

/** Labels and annotations of a running pod do not matter to its kubelet. */
const concerns = (before: Pod, after: Pod): boolean =>
  before.spec !== after.spec ||
  before.status !== after.status ||
  before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
  before.metadata.deletionGracePeriodSeconds !== after.metadata.deletionGracePeriodSeconds;
