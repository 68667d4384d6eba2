// Deletes by force what nobody else takes away: pods whose node is gone, pods that stop and never had a node, pods that stop on a node
// that is out of service, and the oldest of too many pods that have ended. It looks every 20 s; a node has to be missing for 40 s.
// Worked example: a node is deleted at 7 s. The look at 20 s misses it, the look at 60 s deletes its pods.
// Invariant: a look costs what there is to delete. Commits say which nodes and pods a look has to ask; with none of them there is none.
// Source: pkg/controller/podgc/gc_controller.go.
import { splitKey } from '../../../kube/resource.ts';
import { isStatus } from '../../../kube/status.ts';
import { formatTime } from '../../../kube/time.ts';
import type { Node, Pod } from '../../../schema/generated/types.ts';
import type { Component, ComponentFactory, Surroundings } from '../../runtime/component.ts';
import type { Writer } from '../../runtime/writer.ts';
import type { Commit } from '../../store/commit.ts';
import { podsByNode } from '../../store/indexes.ts';
import { isFinished } from '../../store/pod-facts.ts';
import { disruptedPod } from '../disrupted-pod.ts';
import { hasEnded, surplusOf } from './ended-pods.ts';
import { readiness } from './node-health.ts';

const name = 'pod-garbage-collector-controller';
const lookEveryMs = 20_000;
const quarantineMs = 40_000;
const endedThreshold = 12_500;
const outOfService = 'node.kubernetes.io/out-of-service';

export const podGarbageCollector: ComponentFactory = (surroundings) => new PodGarbageCollector(surroundings);

interface Memory {
  readonly startedAt: number;
  readonly ended: ReadonlySet<string>;
  readonly homeless: ReadonlySet<string>;
  readonly missing: ReadonlySet<string>;
  readonly outOfService: ReadonlySet<string>;
  readonly quarantine: ReadonlyMap<string, number>;
}

class PodGarbageCollector implements Component {
  readonly name = name;
  readonly watches = ['nodes', 'pods'];
  readonly #agenda: Surroundings['agenda'];
  readonly #reader: Surroundings['reader'];
  readonly #writer: Writer;
  /** Looks are so many times 20 s after it. */
  #startedAt: number;
  /** Keys of pods that have ended. */
  #ended = new Set<string>();
  /** Keys of pods that stop and have no node. */
  #homeless = new Set<string>();
  /** Names of nodes that pods name and that may not be there. */
  #missing = new Set<string>();
  /** Names of nodes with that taint. */
  #outOfService = new Set<string>();
  /** By the name of a node that was missed, until when it may still turn up. */
  #quarantine = new Map<string, number>();

  constructor({ agenda, reader, writer }: Surroundings) {
    this.#agenda = agenda;
    this.#reader = reader;
    this.#writer = writer(name);
    this.#startedAt = agenda.now;
  }

  onCommit(commit: Commit): void {
    if (commit.resource === 'nodes') this.#noteNode(commit);
    else this.#notePod(commit);
  }

  wake(): void {
    this.#deleteSurplus();
    this.#deleteFromOutOfService();
    this.#deleteOrphans();
    for (const key of this.#homeless) this.#delete(this.#podAt(key));
    if (this.#missing.size + this.#quarantine.size + this.#outOfService.size + this.#homeless.size > 0) this.#lookLater();
  }

  snapshot(): Memory {
    return {
      startedAt: this.#startedAt,
      ended: new Set(this.#ended),
      homeless: new Set(this.#homeless),
      missing: new Set(this.#missing),
      outOfService: new Set(this.#outOfService),
      quarantine: new Map(this.#quarantine),
    };
  }

  restore(memory: unknown): void {
    const { startedAt, ended, homeless, missing, outOfService: tainted, quarantine } = memory as Memory;
    this.#startedAt = startedAt;
    this.#ended = new Set(ended);
    this.#homeless = new Set(homeless);
    this.#missing = new Set(missing);
    this.#outOfService = new Set(tainted);
    this.#quarantine = new Map(quarantine);
  }

  #noteNode({ key, after }: Commit): void {
    const isOut = after !== undefined && isOutOfService(after as Node);
    if (isOut) this.#outOfService.add(key);
    else this.#outOfService.delete(key);
    const isMissed = !after && this.#reader.indexed(podsByNode, key).objects.size > 0;
    if (isMissed) this.#missing.add(key);
    if (isOut || isMissed) this.#lookLater();
  }

  #notePod({ key, before, after }: Commit): void {
    const [was, is] = [before as Pod | undefined, after as Pod | undefined];
    if (was?.status !== is?.status) this.#noteEnd(key, is);
    if (!is) return void this.#homeless.delete(key);
    const { nodeName } = is.spec;
    if (nodeName && was?.spec !== is.spec && !this.#reader.get('nodes', undefined, nodeName)) {
      this.#missing.add(nodeName);
      this.#lookLater();
    }
    if (is.metadata.deletionTimestamp === undefined || nodeName) return void this.#homeless.delete(key);
    this.#homeless.add(key);
    this.#lookLater();
  }

  #noteEnd(key: string, pod: Pod | undefined): void {
    if (!pod || !hasEnded(pod)) return void this.#ended.delete(key);
    this.#ended.add(key);
    if (this.#ended.size > endedThreshold) this.#lookLater();
  }

  /** The next moment at which it looks; the agenda keeps one timer, so asking again does no harm. */
  #lookLater(): void {
    const looks = Math.floor((this.#agenda.now - this.#startedAt) / lookEveryMs) + 1;
    this.#agenda.wakeAt(this.#startedAt + looks * lookEveryMs, name, '');
  }

  #deleteSurplus(): void {
    if (this.#ended.size <= endedThreshold) return;
    const ended = [...this.#ended].map((key) => this.#podAt(key)).filter((pod) => pod !== undefined);
    for (const pod of surplusOf(ended, endedThreshold)) this.#delete(pod);
  }

  /** Somebody has said that the node will not come back with these pods. */
  #deleteFromOutOfService(): void {
    for (const node of this.#outOfService) {
      if (readiness(this.#reader.get<Node>('nodes', undefined, node)!) === 'True') continue;
      for (const pod of this.#podsOn(node)) if (pod.metadata.deletionTimestamp !== undefined) this.#delete(pod);
    }
  }

  #deleteOrphans(): void {
    const { now } = this.#agenda;
    for (const node of this.#missing) {
      const isThere = this.#reader.get('nodes', undefined, node) !== undefined;
      if (isThere || this.#reader.indexed(podsByNode, node).objects.size === 0) this.#missing.delete(node);
      else if (!this.#quarantine.has(node)) this.#quarantine.set(node, now + quarantineMs);
    }
    for (const [node, until] of this.#quarantine) {
      if (until > now) continue;
      this.#quarantine.delete(node);
      if (!this.#missing.has(node)) continue;
      for (const pod of this.#podsOn(node)) this.#delete(disruptedPod(pod, 'DeletionByPodGC', 'PodGC: node no longer exists', formatTime(now)));
    }
  }

  /** As a list of its own, for deleting changes what the index holds. */
  #podsOn(node: string): readonly Pod[] {
    return [...this.#reader.indexed(podsByNode, node).objects.values()] as Pod[];
  }

  #podAt(key: string): Pod | undefined {
    const { namespace, name: podName } = splitKey(key);
    return this.#reader.get<Pod>('pods', namespace, podName);
  }

  /** No kubelet will say any more how it ended, so it has failed. `pod`: with the conditions that it is to have then. */
  #delete(pod: Pod | undefined): void {
    if (!pod) return;
    const { namespace, name: podName, generation } = pod.metadata;
    const reason = { code: 'pod-gc', args: { node: pod.spec.nodeName ?? '' } };
    if (!isFinished(pod)) {
      const observed = generation !== undefined && { observedGeneration: generation };
      const answer = this.#writer.updateStatus<Pod>('pods', { ...pod, status: { ...pod.status, ...observed, phase: 'Failed' } }, reason);
      if (isStatus(answer)) return;
    }
    this.#writer.delete('pods', namespace, podName, { gracePeriodSeconds: 0 }, reason);
  }
}

const isOutOfService = ({ spec }: Node): boolean => spec.taints?.some(({ key }) => key === outOfService) ?? false;
