// The fields of components. They write without saying whose fields they set, because there are twenty such writes a pod and nobody asks;
// who does ask gets the entries from the log: what components have written since the last tracked write, played again.
import type { KubeObject, ObjectMeta } from '../../../kube/object.ts';
import { formatTime } from '../../../kube/time.ts';
import type { Catalog } from '../../../schema/custom/catalog.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import type { Commit } from '../../store/commit.ts';
import type { Store } from '../../store/store.ts';
import { RecentlyUsed } from '../events/recently-used.ts';
import { entriesOf, writtenEntries, type Entry, type FieldManager } from './entries.ts';
import { rootTypeOf } from './parts.ts';
import { changesOf, updatedEntries } from './track.ts';

type Written = NonNullable<ObjectMeta['managedFields']>;

const remembered = 4_096;
const none: Written = [];

/** The entries of one version of an object, in both forms: reading and writing them is dear, and most versions need neither. */
class Owners {
  #entries: readonly Entry[] | undefined;
  #written: Written | undefined;

  constructor(written: Written | undefined, entries?: readonly Entry[]) {
    this.#written = written;
    this.#entries = entries;
  }

  get entries(): readonly Entry[] {
    return (this.#entries ??= entriesOf(this.#written));
  }

  get written(): Written {
    return (this.#written ??= writtenEntries(this.#entries!));
  }
}

const nobody = new Owners(none);

/** Components that are programs of their own; all others are parts of kube-controller-manager. */
const programs: Readonly<Record<string, string>> = { kubelet: 'kubelet', 'default-scheduler': 'kube-scheduler', 'kube-apiserver': 'kube-apiserver' };

export class ComponentFields {
  readonly #store: Store;
  readonly #catalog: Catalog;
  readonly #components = new Set(['kube-apiserver']);
  /** By the version of a commit: whose the fields are after it. */
  readonly #known = new RecentlyUsed<Owners>(remembered, (owners) => owners);

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
    const managedFields = this.#ownersAfter(commit).written;
    if (managedFields === (object.metadata.managedFields ?? none) || (managedFields.length === 0 && !object.metadata.managedFields)) return object;
    return { ...object, metadata: { ...object.metadata, managedFields } };
  }

  /** The commit that made this version of an object. */
  #commitOf({ metadata: { resourceVersion, uid } }: KubeObject): Commit | undefined {
    const commit = this.#store.log.at(Number(resourceVersion));
    return commit?.after?.metadata.uid === uid ? commit : undefined;
  }

  #ownersAfter(newest: Commit): Owners {
    const history = [newest];
    for (let commit = newest; commit.before && !this.#isTracked(commit) && !this.#peek(commit.before);) {
      const earlier = this.#commitOf(commit.before);
      if (!earlier) break;
      history.push((commit = earlier));
    }
    const { before } = history.at(-1)!;
    let owners = before ? (this.#peek(before) ?? ownersIn(before)) : nobody;
    for (const commit of history.reverse()) {
      const earlier = owners;
      owners = this.#known.getOrAdd(String(commit.resourceVersion), () => this.#ownersOf(commit, earlier));
    }
    return owners;
  }

  #peek({ metadata }: KubeObject): Owners | undefined {
    return this.#known.peek(metadata.resourceVersion);
  }

  #ownersOf(commit: Commit, before: Owners): Owners {
    const after = commit.after!;
    if (this.#isTracked(commit)) return ownersIn(after);
    const info = this.#catalog.kindOf(after.apiVersion, after.kind);
    if (!info || !this.#components.has(commit.cause.by) || isBinding(commit) || isDeletion(commit)) return before;
    const manager: FieldManager = {
      manager: programs[commit.cause.by] ?? 'kube-controller-manager',
      operation: 'Update',
      apiVersion: after.apiVersion,
      subresource: subresourceOf(commit),
    };
    const entries = updatedEntries(before.entries, changesOf(rootTypeOf(info), commit.before, after), manager, formatTime(commit.at));
    return entries === before.entries ? before : new Owners(undefined, entries);
  }

  /** A tracked write leaves entries of its own; any other leaves those that were there, the very same. */
  #isTracked({ before, after, cause }: Commit): boolean {
    return before ? after!.metadata.managedFields !== before.metadata.managedFields : !this.#components.has(cause.by);
  }
}

const ownersIn = ({ metadata }: KubeObject): Owners => new Owners(metadata.managedFields ?? none);

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
