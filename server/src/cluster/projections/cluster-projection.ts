// The table behind the sidebar, kept up to date from the log.
// Invariant: the rows are always what a fresh projection of the same store would give. Cost follows change: a commit marks
// the few rows that it can affect, and only those are made anew when somebody asks.
import { controllerOf, type KubeObject } from '../../kube/object.ts';
import { objectKey, resourceKey, splitKey } from '../../kube/resource.ts';
import type { Row, Totals } from '../../protocol/cluster-view.ts';
import type { Pod } from '../../schema/generated/types.ts';
import { kindOf } from '../../schema/kinds.ts';
import { liveCatalog } from '../registry/custom/live-catalog.ts';
import type { Commit } from '../store/commit.ts';
import { replicaSetsByOwner } from '../store/indexes.ts';
import type { Store } from '../store/store.ts';
import { FailingPods } from './failing-pods.ts';
import { isShown, rowOf } from './rows/row-of.ts';

export interface RowChanges {
  readonly upserts: readonly Row[];
  readonly removals: readonly string[];
}

export class ClusterProjection {
  readonly #store: Store;
  readonly #rows = new Map<string, Row>();
  /** resource → keys of the objects whose rows may have changed. */
  readonly #dirty = new Map<string, Set<string>>();
  /** Row ids by object, for objects that are gone. */
  readonly #ids = new Map<string, string>();
  readonly #failing = new FailingPods();
  readonly #totals = { pods: 0, podsReady: 0, podsFailing: 0, stalled: 0 };
  readonly #unsubscribe: () => void;

  constructor(store: Store) {
    this.#store = store;
    const resources = new Set(liveCatalog(store).kinds.map(resourceKey).filter(isShown));
    for (const resource of resources) for (const key of store.collection(resource).keys()) this.#mark(resource, key);
    for (const pod of store.collection('pods').values()) this.#failing.update(undefined, pod as Pod);
    this.#unsubscribe = store.onCommit((commit) => this.#onCommit(commit));
    this.takeChanges();
  }

  close(): void {
    this.#unsubscribe();
  }

  rows(): readonly Row[] {
    return [...this.#rows.values()];
  }

  /** As of the last takeChanges. */
  row(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  totals(): Totals {
    return { ...this.#totals };
  }

  /** What changed since the last call, up to about so many rows; undefined when nothing did. */
  takeChanges(most = Number.POSITIVE_INFINITY): RowChanges | undefined {
    const upserts: Row[] = [];
    const removals: string[] = [];
    for (const [resource, keys] of this.#dirty) {
      for (const key of keys) {
        if (upserts.length + removals.length >= most) return { upserts, removals };
        keys.delete(key);
        this.#refresh(resource, key, upserts, removals);
      }
      this.#dirty.delete(resource);
    }
    return upserts.length + removals.length === 0 ? undefined : { upserts, removals };
  }

  /** The last takeChanges has left something. */
  get hasMore(): boolean {
    return this.#dirty.size > 0;
  }

  #refresh(resource: string, key: string, upserts: Row[], removals: string[]): void {
    const { namespace, name } = splitKey(key);
    const object = this.#store.get(resource, namespace, name);
    const handle = `${resource} ${key}`;
    const row = object && rowOf(resource, object, this.#store, this.#failing);
    const id = row?.id ?? this.#ids.get(handle);
    if (id === undefined) return;
    const before = this.#rows.get(id);
    this.#count(before, -1);
    if (row) {
      this.#count(row, 1);
      this.#rows.set(id, row);
      this.#ids.set(handle, id);
      upserts.push(row);
    } else {
      this.#rows.delete(id);
      this.#ids.delete(handle);
      removals.push(id);
    }
  }

  #count(row: Row | undefined, sign: 1 | -1): void {
    // What has done its work is neither ready nor not.
    if (row?.type === 'pod' && row.health !== 'idle') {
      this.#totals.pods += sign;
      if (row.health === 'ready') this.#totals.podsReady += sign;
      if (row.health === 'failing') this.#totals.podsFailing += sign;
    } else if (row?.type === 'deployment' && row.stalled) this.#totals.stalled += sign;
  }

  #onCommit(commit: Commit): void {
    const { resource, key, before, after } = commit;
    if (!isShown(resource)) return;
    this.#mark(resource, key);
    const object = (after ?? before)!;
    if (resource === 'pods') this.#onPod(before as Pod | undefined, after as Pod | undefined);
    else if (resource === 'replicasets.apps') this.#markOwner(object);
    else if (resource === 'deployments.apps') this.#markReplicaSets(object);
  }

  #onPod(before: Pod | undefined, after: Pod | undefined): void {
    const node = (after ?? before)!.spec.nodeName;
    if (node && (!before || !after || before.spec.nodeName !== node || before.status.phase !== after.status.phase)) this.#mark('nodes', node);
    if (this.#failing.update(before, after)) this.#markOwners((after ?? before)!);
  }

  /** What controls it, and what controls that. */
  #markOwners(object: KubeObject): void {
    const owner = controllerOf(object);
    const kind = owner && kindOf(owner.apiVersion, owner.kind);
    const { namespace } = object.metadata;
    const found = kind && this.#store.get(resourceKey(kind), namespace, owner.name);
    if (!found) return;
    this.#mark(resourceKey(kind), objectKey(namespace, owner.name));
    this.#markOwners(found);
  }

  #markOwner(set: KubeObject): void {
    const owner = controllerOf(set);
    if (owner?.kind === 'Deployment') this.#mark('deployments.apps', `${set.metadata.namespace}/${owner.name}`);
  }

  /** Which ReplicaSet is current depends on the Deployment's revision. */
  #markReplicaSets(deployment: KubeObject): void {
    for (const key of this.#store.indexed(replicaSetsByOwner, deployment.metadata.uid).objects.keys()) this.#mark('replicasets.apps', key);
  }

  #mark(resource: string, key: string): void {
    let keys = this.#dirty.get(resource);
    if (!keys) this.#dirty.set(resource, (keys = new Set()));
    keys.add(key);
  }
}
