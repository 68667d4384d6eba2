// The fields of components. They write without saying whose fields they set, because there are twenty such writes a pod and nobody asks;
// who does ask gets the entries from the log: what components have written since the last tracked write, played again.
import type { KubeObject, ObjectMeta } from '../../../kube/object.ts';
import { formatTime } from '../../../kube/time.ts';
import type { Catalog } from '../../../schema/custom/catalog.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import type { Commit } from '../../store/commit.ts';
import type { Store } from '../../store/store.ts';
import { RecentlyUsed } from '../events/recently-used.ts';
import type { FieldManager } from './entries.ts';
import { rootTypeOf } from './parts.ts';
import { trackUpdate } from './track.ts';

type Entries = NonNullable<ObjectMeta['managedFields']>;

const remembered = 4_096;
const none: Entries = [];

/** Components that are programs of their own; all others are parts of kube-controller-manager. */
const programs: Readonly<Record<string, string>> = { kubelet: 'kubelet', 'default-scheduler': 'kube-scheduler', 'kube-apiserver': 'kube-apiserver' };

export class ComponentFields {
  readonly #store: Store;
  readonly #catalog: Catalog;
  readonly #components = new Set(['kube-apiserver']);
  /** By the version of a commit: the entries after it. */
  readonly #known = new RecentlyUsed<Entries>(remembered, (entries) => entries);

  constructor(store: Store, catalog: Catalog) {
    this.#store = store;
    this.#catalog = catalog;
  }

  /** Whoever is named here writes untracked. */
  addComponent(name: string): void {
    this.#components.add(name);
  }

  /** The object with the entries of components too. Where the log has forgotten its history, it stays as it is. */
  complete<T extends KubeObject>(object: T): T {
    const commit = this.#commitOf(object);
    // A Scale, the outcome of a dry run and what was completed before have the version of a stored object, and are not that one.
    if (!commit || commit.after!.kind !== object.kind || commit.after!.metadata.managedFields !== object.metadata.managedFields) return object;
    const entries = this.#entriesAfter(commit);
    if (entries === (object.metadata.managedFields ?? none)) return object;
    return { ...object, metadata: { ...object.metadata, managedFields: entries } };
  }

  /** The commit that made this version of an object. */
  #commitOf({ metadata: { resourceVersion, uid } }: KubeObject): Commit | undefined {
    const commit = this.#store.log.at(Number(resourceVersion));
    return commit?.after?.metadata.uid === uid ? commit : undefined;
  }

  #entriesAfter(newest: Commit): Entries {
    const history = [newest];
    for (let commit = newest; commit.before && !this.#isTracked(commit) && !this.#peek(commit.before);) {
      const earlier = this.#commitOf(commit.before);
      if (!earlier) break;
      history.push((commit = earlier));
    }
    const { before } = history.at(-1)!;
    let entries = (before && (this.#peek(before) ?? before.metadata.managedFields)) ?? none;
    for (const commit of history.reverse()) {
      const earlier = entries;
      entries = this.#known.getOrAdd(String(commit.resourceVersion), () => this.#entriesOf(commit, earlier));
    }
    return entries;
  }

  #peek({ metadata }: KubeObject): Entries | undefined {
    return this.#known.peek(metadata.resourceVersion);
  }

  #entriesOf(commit: Commit, before: Entries): Entries {
    const after = commit.after!;
    if (this.#isTracked(commit)) return after.metadata.managedFields ?? none;
    const info = this.#catalog.kindOf(after.apiVersion, after.kind);
    if (!info || !this.#components.has(commit.cause.by) || isBinding(commit) || isDeletion(commit)) return before;
    const manager: FieldManager = {
      manager: programs[commit.cause.by] ?? 'kube-controller-manager',
      operation: 'Update',
      apiVersion: after.apiVersion,
      subresource: subresourceOf(commit),
    };
    const earlier = commit.before && withEntries(commit.before, before);
    return trackUpdate(rootTypeOf(info), earlier, withEntries(after, none), manager, formatTime(commit.at)).metadata.managedFields ?? none;
  }

  /** A tracked write leaves entries of its own; any other leaves those that were there, the very same. */
  #isTracked({ before, after, cause }: Commit): boolean {
    return before ? after!.metadata.managedFields !== before.metadata.managedFields : !this.#components.has(cause.by);
  }
}

const withEntries = (object: KubeObject, managedFields: Entries): KubeObject => ({ ...object, metadata: { ...object.metadata, managedFields } });

/** pods/binding is not tracked by a real server either. */
const isBinding = ({ resource, before, after }: Commit): boolean =>
  resource === 'pods' && before !== undefined && !(before as Pod).spec.nodeName && Boolean((after as Pod).spec.nodeName);

/** Nor is a deletion. */
const isDeletion = ({ before, after }: Commit): boolean => before !== undefined && before.metadata.deletionTimestamp !== after!.metadata.deletionTimestamp;

/** The Deployment controller writes the revision annotation together with the status. */
function subresourceOf({ resource, before, after, cause }: Commit): 'status' | undefined {
  const [was, is] = [before, after] as readonly { readonly spec?: unknown; readonly status?: unknown }[];
  if (!was || was.spec !== is!.spec) return undefined;
  return was.status !== is!.status || (resource === 'deployments.apps' && cause.by === 'deployment-controller') ? 'status' : undefined;
}
