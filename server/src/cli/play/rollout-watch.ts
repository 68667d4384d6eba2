// What a watch on pods and ReplicaSets would have seen: `bounds` and `trace` of a scenario, from the cluster's log.
import type { Cluster } from '../../cluster/cluster.ts';
import type { Commit } from '../../cluster/store/commit.ts';
import type { KubeObject } from '../../kube/object.ts';
import { splitKey } from '../../kube/resource.ts';
import type { Pod, ReplicaSet } from '../../schema/generated/types.ts';

export class RolloutWatch {
  readonly #cluster: Cluster;
  readonly #namespace: string;
  /** resourceVersions: where the watch began, and how far the last answers went. */
  readonly #start: number;
  #bounded: number;
  #traced: number;

  constructor(cluster: Cluster, namespace: string) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#start = cluster.store.resourceVersion;
    this.#bounded = this.#start;
    this.#traced = this.#start;
  }

  /**
   * The most that ReplicaSets wanted at once and the fewest ready pods, of those with the labels 'a=b,c=d', since the last time.
   * How things stood at the last time counts too; 'Infinity ready' when nothing has ever happened.
   */
  bounds(selector: string): string {
    const pairs = selector === '' ? [] : selector.split(',').map((pair) => pair.split('=') as [string, string]);
    const chosen = (object: KubeObject | undefined) => object && pairs.every(([key, value]) => object.metadata.labels?.[key] === value);
    let [wanted, ready, most, fewest] = [0, 0, 0, Infinity];
    const commits = this.#commitsAfter(this.#start);
    for (const [i, { resource, before, after }] of commits.entries()) {
      if (resource === 'pods') ready += (chosen(after) ? readyIn(after as Pod) : 0) - (chosen(before) ? readyIn(before as Pod) : 0);
      else wanted += (chosen(after) ? wantedBy(after as ReplicaSet) : 0) - (chosen(before) ? wantedBy(before as ReplicaSet) : 0);
      const next = commits[i + 1];
      if (next && next.resourceVersion <= this.#bounded) continue;
      [most, fewest] = [Math.max(most, wanted), Math.min(fewest, ready)];
    }
    this.#bounded = this.#cluster.store.resourceVersion;
    return `at most ${most} wanted, at least ${fewest} ready\n`;
  }

  /** Every change of a ReplicaSet's spec.replicas since the last time, in order. */
  trace(): string {
    const changes: string[] = [];
    for (const { resource, before, after } of this.#commitsAfter(this.#traced)) {
      if (resource !== 'replicasets.apps' || !after) continue;
      const [from, to] = [before ? wantedBy(before as ReplicaSet) : 0, wantedBy(after as ReplicaSet)];
      if (from !== to) changes.push(`${after.metadata.name} ${from} → ${to}`);
    }
    this.#traced = this.#cluster.store.resourceVersion;
    return `${changes.join('\n')}\n`;
  }

  #commitsAfter(version: number): readonly Commit[] {
    const watched = ({ resource, key }: Commit) => (resource === 'pods' || resource === 'replicasets.apps') && splitKey(key).namespace === this.#namespace;
    return this.#cluster.store.log.after(version).filter(watched);
  }
}

const wantedBy = ({ spec }: ReplicaSet) => spec.replicas ?? 0;

/** 1 or 0. A pod that is going or has ended counts no more. */
function readyIn({ metadata, status }: Pod): number {
  if (metadata.deletionTimestamp || status.phase === 'Succeeded' || status.phase === 'Failed') return 0;
  return status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ? 1 : 0;
}
