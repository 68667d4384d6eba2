// Removes objects whose owners are gone, and carries out foreground and orphan deletion (k8s.io/kubernetes pkg/controller/garbagecollector).
import type { KubeObject, OwnerReference } from '../../../kube/object.ts';
import { resourceKey, splitKey } from '../../../kube/resource.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Catalog } from '../../../schema/custom/catalog.ts';
import { customCollections, type ComponentFactory } from '../../runtime/component.ts';
import { run, type Plan } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Writer } from '../../runtime/writer.ts';
import type { Commit } from '../../store/commit.ts';
import { collected, OwnerGraph, ownersOf, type Place } from './owner-graph.ts';
import {
  isBeingDeleted,
  isDeletingDependents,
  isOrphaningDependents,
  planCollection,
  type Action,
  type Dependent,
  type OwnerState,
  type View,
} from './plan.ts';

interface CollectionPlan extends Plan {
  readonly actions: readonly Action[];
}

export const garbageCollector: ComponentFactory = (surroundings) => {
  const graph = new OwnerGraph(surroundings.reader, surroundings.catalog);
  const world: World = { reader: surroundings.reader, catalog: surroundings.catalog, graph };
  const enqueue = (commit: Commit) => {
    graph.update(commit);
    return saysNothing(commit) ? nowhere : placesToLookAt(commit, world);
  };
  return run<View, CollectionPlan>({
    name: 'garbage-collector',
    watches: [...collected, customCollections].map((resource) => ({ resource, enqueue })),
    observe: (key) => observe(key, world),
    plan: (view) => ({ actions: planCollection(view) }),
    apply: ({ actions }, view, writer) => firstFailure(actions, (action) => apply(action, view, writer)),
  })(surroundings);
};

/** What it looks at. */
interface World {
  readonly reader: Reader;
  readonly catalog: Catalog;
  readonly graph: OwnerGraph;
}

const keyOf = ({ resource, key }: Place) => `${resource} ${key}`;

const nowhere: readonly string[] = [];

/** A commit that says nothing about owners and deletion, as nearly all do, asks for nothing. */
const saysNothing = ({ before, after }: Commit): boolean => after !== undefined && !isBeingDeleted(after) && ownersOf(after) === ownersOf(before);

function placesToLookAt({ resource, key, before, after }: Commit, world: World): readonly string[] {
  const places: string[] = [];
  const { graph } = world;
  const owners = ownersOf(after);
  for (const owner of ownersOf(before)) {
    if (owners.includes(owner)) continue;
    const found = findOwner(owner, key, world);
    if (found?.object && isDeletingDependents(found.object) && !graph.isBlocked(owner.uid)) places.push(keyOf(found));
  }
  if (!after) {
    for (const dependent of graph.dependentsOf(before!.metadata.uid)) places.push(keyOf(dependent));
  } else if (isBeingDeleted(after)) {
    const isNews = !before || before.metadata.finalizers !== after.metadata.finalizers || !isBeingDeleted(before);
    if (isNews && (isDeletingDependents(after) || isOrphaningDependents(after))) places.push(keyOf({ resource, key }));
  } else if (owners !== ownersOf(before) && owners.some((owner) => stateOf(owner, key, world) !== 'solid')) places.push(keyOf({ resource, key }));
  return places;
}

/** The object that an owner reference names, in the namespace of the dependent; without `object` when it is not there. */
function findOwner(
  { apiVersion, kind, name: ownerName, uid }: OwnerReference,
  dependentKey: string,
  { reader, catalog }: World,
): (Place & { readonly object?: KubeObject }) | undefined {
  const info = catalog.kindOf(apiVersion, kind);
  if (!info?.resource) return undefined;
  const { namespace } = splitKey(dependentKey);
  const place = { resource: resourceKey(info), key: info.namespaced && namespace !== undefined ? `${namespace}/${ownerName}` : ownerName };
  const object = reader.collection(place.resource).get(place.key);
  return object?.metadata.uid === uid ? { ...place, object } : place;
}

/** An owner of a kind that nobody knows is taken to be there: better to keep too much than to delete it. */
function stateOf(owner: OwnerReference, dependentKey: string, world: World): OwnerState {
  const found = findOwner(owner, dependentKey, world);
  if (!found) return 'solid';
  if (!found.object) return 'dangling';
  return isDeletingDependents(found.object) ? 'waiting' : 'solid';
}

function observe(placeKey: string, world: World): View | undefined {
  const { reader } = world;
  const space = placeKey.indexOf(' ');
  const [resource, key] = [placeKey.slice(0, space), placeKey.slice(space + 1)];
  const object = reader.collection(resource).get(key);
  if (!object) return undefined;
  const owners = ownersOf(object).map((reference) => ({ reference, state: stateOf(reference, key, world) }));
  const needsDependents = isBeingDeleted(object) || owners.some(({ state }) => state === 'waiting');
  return { resource, key, object, owners, dependents: needsDependents ? dependentsOf(object.metadata.uid, world) : [] };
}

function dependentsOf(uid: string, { graph, reader }: World): readonly Dependent[] {
  const dependents: Dependent[] = [];
  for (const place of graph.dependentsOf(uid)) {
    const object = reader.collection(place.resource).get(place.key)!;
    dependents.push({ ...place, object, blocks: ownersOf(object).some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true) });
  }
  return dependents;
}

function apply(action: Action, view: View, writer: Writer): Status | undefined {
  const { resource, object } = view;
  switch (action.do) {
    case 'orphan':
      return firstFailure(action.dependents, (dependent) => removeOwners(dependent, [object.metadata.uid], writer));
    case 'remove-finalizer': {
      const finalizers = object.metadata.finalizers?.filter((one) => one !== action.finalizer) ?? [];
      return update(resource, { ...object, metadata: { ...object.metadata, finalizers } }, writer);
    }
    case 'look-at':
      for (const dependent of action.dependents) if (!isDeletingDependents(dependent.object)) writer.wakeAt(0, keyOf(dependent));
      return undefined;
    case 'remove-owners':
      return removeOwners(view, action.uids, writer);
    case 'unblock-owners': {
      const ownerReferences = ownersOf(object).map((owner) => ({ ...owner, blockOwnerDeletion: false }));
      return update(resource, { ...object, metadata: { ...object.metadata, ownerReferences } }, writer);
    }
    case 'delete': {
      const { namespace, name: own, uid } = object.metadata;
      const result = writer.delete(resource, namespace, own, { uid, propagationPolicy: action.propagation });
      return isStatus(result) && result.code !== 404 ? result : undefined;
    }
  }
}

function removeOwners({ resource, object }: Place & { readonly object: KubeObject }, uids: readonly string[], writer: Writer): Status | undefined {
  const { ownerReferences = [], ...metadata } = object.metadata;
  const left = ownerReferences.filter((owner) => !uids.includes(owner.uid));
  return update(resource, { ...object, metadata: { ...metadata, ...(left.length > 0 && { ownerReferences: left }) } }, writer);
}

function update(resource: string, object: KubeObject, writer: Writer): Status | undefined {
  const result = writer.update(resource, object);
  return isStatus(result) && result.code !== 404 ? result : undefined;
}

/** What comes after a failure has to wait for the next try. */
function firstFailure<T>(items: readonly T[], work: (item: T) => Status | undefined): Status | undefined {
  for (const item of items) {
    const failed = work(item);
    if (failed) return failed;
  }
  return undefined;
}
