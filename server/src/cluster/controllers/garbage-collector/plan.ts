// What is to become of one object that has, or is, an owner.
import type { KubeObject, OwnerReference } from '../../../kube/object.ts';
import type { Place } from './owner-graph.ts';

/** solid: the owner is there. waiting: it is there, but being deleted, its dependents first. dangling: it is gone. */
export type OwnerState = 'solid' | 'waiting' | 'dangling';

interface Ownership {
  readonly reference: OwnerReference;
  readonly state: OwnerState;
}

export interface Dependent extends Place {
  readonly object: KubeObject;
  /** Keeps its owner from going, when the owner is deleted in the foreground. */
  readonly blocks: boolean;
}

export interface View extends Place {
  readonly object: KubeObject;
  readonly owners: readonly Ownership[];
  /** Only those that the object's finalizers or a waiting owner make interesting. */
  readonly dependents: readonly Dependent[];
}

type Propagation = 'Background' | 'Foreground' | 'Orphan';

export type Action =
  /** Dependents are freed from this owner. */
  | { readonly do: 'orphan'; readonly dependents: readonly Dependent[] }
  | { readonly do: 'remove-finalizer'; readonly finalizer: string }
  | { readonly do: 'look-at'; readonly dependents: readonly Dependent[] }
  /** References to owners that are gone or going, while another owner stays. */
  | { readonly do: 'remove-owners'; readonly uids: readonly string[] }
  /** Breaks a circle of objects that wait for each other. */
  | { readonly do: 'unblock-owners' }
  | { readonly do: 'delete'; readonly propagation: Propagation };

const has = ({ metadata: { finalizers } }: KubeObject, finalizer: string) => finalizers?.includes(finalizer) ?? false;

export const isBeingDeleted = ({ metadata }: KubeObject): boolean => metadata.deletionTimestamp !== undefined;

/** Deleted in the foreground: it goes after its dependents. */
export const isDeletingDependents = (object: KubeObject): boolean => isBeingDeleted(object) && has(object, 'foregroundDeletion');

export const isOrphaningDependents = (object: KubeObject): boolean => isBeingDeleted(object) && has(object, 'orphan');

/**
 * An object goes when none of its owners is left; it is deleted in the way that its own finalizers ask for.
 * While an owner waits for it to go, and it has dependents itself, they go first, too.
 */
export function planCollection({ object, owners, dependents }: View): readonly Action[] {
  if (isOrphaningDependents(object)) {
    return [
      { do: 'orphan', dependents },
      { do: 'remove-finalizer', finalizer: 'orphan' },
    ];
  }
  if (isDeletingDependents(object)) {
    return dependents.some(({ blocks }) => blocks) ? [{ do: 'look-at', dependents }] : [{ do: 'remove-finalizer', finalizer: 'foregroundDeletion' }];
  }
  if (isBeingDeleted(object) || owners.length === 0) return [];
  const lost = owners.filter(({ state }) => state !== 'solid');
  if (lost.length < owners.length) return lost.length === 0 ? [] : [{ do: 'remove-owners', uids: lost.map(({ reference }) => reference.uid) }];
  if (owners.some(({ state }) => state === 'waiting') && dependents.length > 0) {
    const isCircle = dependents.some((dependent) => isDeletingDependents(dependent.object));
    return [...(isCircle ? [{ do: 'unblock-owners' } as const] : []), { do: 'delete', propagation: 'Foreground' }];
  }
  return [{ do: 'delete', propagation: has(object, 'orphan') ? 'Orphan' : has(object, 'foregroundDeletion') ? 'Foreground' : 'Background' }];
}
