// What a watch on pods and ReplicaSets would have seen: `bounds` and `trace` of a scenario, from the cluster's log.
import type { Cluster } from '../../cluster/cluster.ts';
import type { Commit } from '../../cluster/store/commit.ts';
import type { StringMap } from '../../kube/object.ts';
import { splitKey } from '../../kube/resource.ts';
import type { Pod, ReplicaSet } from '../../schema/generated/types.ts';

interface Sample {
  readonly pods: readonly { readonly labels: StringMap; readonly ready: boolean }[];
  readonly sets: readonly { readonly labels: StringMap; readonly replicas: number }[];
}

export class RolloutWatch {
  readonly #cluster: Cluster;
  readonly #namespace: string;
  readonly #pods = new Map<string, Sample['pods'][number]>();
  readonly #sets = new Map<string, Sample['sets'][number]>();
  #seen: number;
  #samples: Sample[] = [];
  #changes: string[] = [];

  constructor(cluster: Cluster, namespace: string) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#seen = cluster.store.resourceVersion;
  }

  /** The most that ReplicaSets wanted at once and the fewest ready pods, of those with the labels 'a=b,c=d', since the last time. */
  bounds(selector: string): string {
    this.#catchUp();
    const wanted = selector === '' ? [] : selector.split(',').map((pair) => pair.split('=') as [string, string]);
    const matches = (labels: StringMap) => wanted.every(([key, value]) => labels[key] === value);
    const samples = this.#samples;
    this.#samples = samples.slice(-1);
    const most = Math.max(0, ...samples.map(({ sets }) => sets.filter(({ labels }) => matches(labels)).reduce((sum, { replicas }) => sum + replicas, 0)));
    const fewest = Math.min(Infinity, ...samples.map(({ pods }) => pods.filter(({ ready, labels }) => ready && matches(labels)).length));
    return `at most ${most} wanted, at least ${fewest} ready\n`;
  }

  /** Every change of a ReplicaSet's spec.replicas since the last time, in order. */
  trace(): string {
    this.#catchUp();
    return `${this.#changes.splice(0).join('\n')}\n`;
  }

  #catchUp(): void {
    const { store } = this.#cluster;
    for (const commit of store.log.after(this.#seen)) if (splitKey(commit.key).namespace === this.#namespace) this.#take(commit);
    this.#seen = store.resourceVersion;
  }

  #take(commit: Commit): void {
    if (commit.resource === 'pods') this.#takePod(commit);
    else if (commit.resource === 'replicasets.apps') this.#takeSet(commit);
    else return;
    this.#samples.push({ pods: [...this.#pods.values()], sets: [...this.#sets.values()] });
  }

  #takePod({ before, after }: Commit): void {
    const pod = (after ?? before) as Pod;
    const gone = !after || pod.metadata.deletionTimestamp || /Succeeded|Failed/.test(pod.status.phase ?? '');
    if (gone) this.#pods.delete(pod.metadata.uid);
    else {
      const ready = pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
      this.#pods.set(pod.metadata.uid, { labels: pod.metadata.labels ?? {}, ready });
    }
  }

  #takeSet({ before, after }: Commit): void {
    const set = (after ?? before) as ReplicaSet;
    const old = this.#sets.get(set.metadata.uid)?.replicas ?? 0;
    if (!after) return void this.#sets.delete(set.metadata.uid);
    const replicas = set.spec.replicas ?? 0;
    this.#sets.set(set.metadata.uid, { labels: set.metadata.labels ?? {}, replicas });
    if (old !== replicas) this.#changes.push(`${set.metadata.name} ${old} → ${replicas}`);
  }
}
