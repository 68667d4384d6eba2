// The scheduler as a component: pods without a node come in by commits, wait in the queue, and leave it with a binding.
//
// Invariant: every active pod of the queue has a wake of its own on the agenda, so one wake tries one pod, the most urgent one.
// Nothing here walks all pods: nodes are known by their sums, and waiting pods are asked only about what changed.
import { objectKey } from '../../kube/resource.ts';
import { formatTime } from '../../kube/time.ts';
import type { Node, Pod } from '../../schema/generated/types.ts';
import type { Component, ComponentFactory, Surroundings } from '../runtime/component.ts';
import type { Writer } from '../runtime/writer.ts';
import type { Commit } from '../store/commit.ts';
import { podsByNode } from '../store/indexes.ts';
import { isFinished } from '../store/pod-facts.ts';
import { misfitMessage } from './misfit-message.ts';
import { NodeCache } from './node-cache.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo, SchedulingView } from './plugin.ts';
import { PodCensus } from './pod-census.ts';
import { disruptedPod, refusedPod } from './pod-conditions.ts';
import { podRequests } from './pod-requests.ts';
import { Nominations, type NominationMemory } from './nominations.ts';
import { preempt } from './preemption.ts';
import { mayFitNow } from './retry.ts';
import { backoffMs, leftoverMs, SchedulingQueue, type QueuedPod, type QueueMemory } from './queue.ts';
import { schedule, type Misfit } from './schedule.ts';

const name = 'default-scheduler';
/** No pod: the wake in which waiting pods are asked about the nodes and pods that changed. */
const changesKey = 'changes';
const volumeResources = ['persistentvolumeclaims', 'persistentvolumes'];
/** The API's limit for the note of an event. */
const longestNote = 1024;

export const defaultScheduler: ComponentFactory = (surroundings) => new DefaultScheduler(surroundings);

class DefaultScheduler implements Component {
  readonly name = name;
  readonly watches = ['pods', 'nodes', ...volumeResources];
  readonly #agenda: Surroundings['agenda'];
  readonly #random: Surroundings['random'];
  readonly #reader: Surroundings['reader'];
  readonly #writer: Writer;
  readonly #cache = new NodeCache();
  readonly #census: PodCensus;
  readonly #queue = new SchedulingQueue();
  readonly #nominations = new Nominations();
  /** Where the next search for a node begins. */
  #start = 0;
  /** Since waiting pods were last asked: nodes that may have room now, and pods that came, went or changed. */
  #roomier = new Set<string>();
  #movedPods: Pod[] = [];
  #volumesMoved = false;

  constructor({ agenda, random, reader, writer }: Surroundings) {
    this.#agenda = agenda;
    this.#random = random;
    this.#reader = reader;
    this.#writer = writer(name);
    this.#census = new PodCensus(reader);
  }

  onCommit(commit: Commit): void {
    if (volumeResources.includes(commit.resource)) return this.#onVolume(commit);
    this.#cache.update(commit);
    if (commit.resource === 'nodes') return this.#onNode(commit);
    const { key, before, after } = commit as Commit & { readonly before?: Pod; readonly after?: Pod };
    this.#census.update(before, after);
    if (after && wantsNode(after)) return this.#onWaitingPod(commit, before, after);
    if (before && wantsNode(before)) {
      this.#queue.remove(key);
      this.#nominations.delete(key);
    }
    if (this.#queue.unschedulable.size > 0) this.#onPlacedPod(commit, before, after);
  }

  wake(key: string): void {
    if (key === changesKey) return this.#retryAfterChanges();
    const waiting = this.#queue.get(key);
    if (waiting && waiting.place !== 'active') this.#retryIfDue(waiting);
    const next = this.#queue.take();
    if (next) this.#tryPod(next);
  }

  snapshot(): Memory {
    return {
      queue: this.#queue.snapshot(),
      start: this.#start,
      nominations: this.#nominations.snapshot(),
      roomier: [...this.#roomier],
      movedPods: [...this.#movedPods],
      volumesMoved: this.#volumesMoved,
    };
  }

  /** The sums over nodes are not part of the memory: they follow from the store. */
  restore(memory: unknown): void {
    const { queue, start, nominations, roomier, movedPods, volumesMoved } = memory as Memory;
    this.#queue.restore(queue);
    this.#nominations.restore(nominations);
    this.#start = start;
    this.#roomier = new Set(roomier);
    this.#movedPods = [...movedPods];
    this.#volumesMoved = volumesMoved;
    this.#cache.rebuild(this.#reader.collection('nodes').values(), this.#reader.collection('pods').values());
    this.#census.rebuild(this.#reader.collection('pods').values());
  }

  #onWaitingPod({ key, resourceVersion }: Commit, before: Pod | undefined, after: Pod): void {
    // Its own status is what the scheduler itself writes.
    if (before && before.spec === after.spec && before.metadata.labels === after.metadata.labels) return;
    if (after.spec.schedulingGates?.length) return this.#queue.remove(key);
    this.#queue.add(key, after.metadata.uid, after.spec.priority ?? 0);
    this.#agenda.wake(name, key, resourceVersion);
  }

  #onPlacedPod({ resourceVersion }: Commit, before: Pod | undefined, after: Pod | undefined): void {
    if (before && after && samePlace(before, after)) return;
    const gone = before?.spec.nodeName && (!after || isFinished(after) || before.spec !== after.spec);
    if (gone) this.#roomier.add(before.spec.nodeName!);
    this.#movedPods.push((after ?? before)!);
    this.#agenda.wake(name, changesKey, resourceVersion);
  }

  #onVolume({ resourceVersion }: Commit): void {
    if (this.#queue.unschedulable.size === 0) return;
    this.#volumesMoved = true;
    this.#agenda.wake(name, changesKey, resourceVersion);
  }

  #onNode({ key, before, after, resourceVersion }: Commit): void {
    if (this.#queue.unschedulable.size === 0 || !after || (before && sameOffer(before as Node, after as Node))) return;
    this.#roomier.add(key);
    this.#agenda.wake(name, changesKey, resourceVersion);
  }

  /** What there is, as this pod has to see it. */
  #viewFor(key: string, pod: Pod): SchedulingView {
    const cache = this.#cache;
    const { nodes, anyCordoned, anyForbidding, anyDiscouraging } = cache;
    const nodeNamed = (node: string) => cache.nodeNamed(node);
    const reserved = this.#nominations.reservedFor(key, pod, nodeNamed);
    return { nodes, nodeNamed, anyCordoned, anyForbidding, anyDiscouraging, reader: this.#reader, census: this.#census, reserved };
  }

  #tryPod(queued: QueuedPod): void {
    const pod = this.#podOf(queued);
    if (!pod) return;
    const info: PodInfo = { pod, requests: podRequests(pod.spec) };
    const view = this.#viewFor(queued.key, pod);
    const result = schedule(info, view, this.#start, (below) => this.#random.int(below));
    this.#start = result.nextStart;
    if (result.node) this.#bind(queued, pod, result.node);
    else this.#refuse(queued, info, result, view);
  }

  #podOf({ key, uid }: QueuedPod): Pod | undefined {
    const pod = this.#reader.collection('pods').get(key) as Pod | undefined;
    return pod && pod.metadata.uid === uid && wantsNode(pod) ? pod : undefined;
  }

  #bind(queued: QueuedPod, pod: Pod, node: NodeInfo): void {
    const { namespace = '', name: podName } = pod.metadata;
    const refused = this.#writer.bind(namespace, podName, node.name, { code: 'bound', args: { node: node.name } });
    if (refused) {
      this.#queue.failed(queued, this.#agenda.now);
      this.#writer.wakeAt(this.#agenda.now + backoffMs(queued.tries + 1), queued.key);
      return;
    }
    const message = `Successfully assigned ${objectKey(namespace, podName)} to ${node.name}`;
    this.#writer.event(pod, { type: 'Normal', reason: 'Scheduled', message, newApi: { action: 'Binding' } });
  }

  #refuse(queued: QueuedPod, info: PodInfo, misfit: Misfit, view: SchedulingView): void {
    const now = this.#agenda.now;
    this.#queue.refused(queued, now, refusers(misfit));
    this.#writer.wakeAt(now + leftoverMs, queued.key);
    const preemption = preempt(info, misfit, view, (node) => this.#reader.indexed(podsByNode, node).objects.values() as Iterable<Pod>);
    const message = misfitMessage(misfit, view, 'message' in preemption ? preemption.message : undefined);
    const note = message.length > longestNote ? `${message.slice(0, longestNote - 4)} ...` : message;
    this.#writer.event(info.pod, { type: 'Warning', reason: 'FailedScheduling', message: note, newApi: { action: 'Scheduling' } });
    const nominated = 'node' in preemption ? preemption.node.name : undefined;
    this.#writer.updateStatus<Pod>('pods', refusedPod(info.pod, message, nominated, formatTime(now)), { code: 'unschedulable', args: {} });
    if ('node' in preemption) this.#makeRoom(queued.key, info.pod, preemption.node.name, preemption.victims);
  }

  #makeRoom(key: string, pod: Pod, node: string, victims: readonly Pod[]): void {
    this.#nominations.set(key, node, pod);
    const reason = { code: 'preempted', args: { by: pod.metadata.name, node } };
    for (const victim of victims) {
      const { namespace, name: victimName, uid } = victim.metadata;
      this.#writer.updateStatus<Pod>('pods', disruptedPod(victim, formatTime(this.#agenda.now)), reason);
      this.#writer.delete('pods', namespace, victimName, { uid }, reason);
      const message = `Preempted by pod ${pod.metadata.uid} on node ${node}`;
      this.#writer.event(victim, { type: 'Normal', reason: 'Preempted', message, newApi: { action: 'Preempting' } });
    }
  }

  #retryAfterChanges(): void {
    const nodes = [...this.#roomier].flatMap((node) => this.#cache.nodeNamed(node) ?? []);
    const changes = { nodes, pods: this.#movedPods, volumes: this.#volumesMoved };
    this.#roomier = new Set();
    this.#movedPods = [];
    this.#volumesMoved = false;
    for (const queued of this.#queue.unschedulable.values()) {
      const pod = this.#podOf(queued);
      if (pod && mayFitNow(queued, { pod, requests: podRequests(pod.spec) }, changes, this.#viewFor(queued.key, pod))) this.#retry(queued);
    }
  }

  #retryIfDue(queued: QueuedPod): void {
    const due = queued.triedAt + (queued.place === 'failed' ? backoffMs(queued.tries) : leftoverMs);
    if (this.#agenda.now >= due) this.#queue.activate(queued.key, this.#agenda.now);
    else this.#writer.wakeAt(due, queued.key);
  }

  #retry({ key }: QueuedPod): void {
    this.#queue.activate(key, this.#agenda.now);
    this.#writer.wakeAt(this.#agenda.now, key);
  }
}

interface Memory {
  readonly queue: QueueMemory;
  readonly start: number;
  readonly nominations: NominationMemory;
  readonly roomier: readonly string[];
  readonly movedPods: readonly Pod[];
  readonly volumesMoved: boolean;
}

const wantsNode = ({ spec, metadata, status }: Pod): boolean =>
  !spec.nodeName &&
  (spec.schedulerName ?? name) === name &&
  metadata.deletionTimestamp === undefined &&
  status.phase !== 'Succeeded' &&
  status.phase !== 'Failed';

const samePlace = (before: Pod, after: Pod): boolean =>
  before.spec === after.spec &&
  before.metadata.labels === after.metadata.labels &&
  before.metadata.deletionTimestamp === after.metadata.deletionTimestamp &&
  isFinished(before) === isFinished(after);

/** Heartbeats change neither. */
const sameOffer = (before: Node, after: Node): boolean =>
  before.spec === after.spec && before.metadata.labels === after.metadata.labels && before.status.allocatable === after.status.allocatable;

const refusers = ({ podRefusal, refusals, unnamed }: Misfit): ReadonlySet<string> => {
  const plugins = new Set<string>(podRefusal && [podRefusal.plugin]);
  for (const { plugin } of refusals.values()) plugins.add(plugin);
  if (unnamed) plugins.add(unnamed.plugin);
  return plugins;
};
