// Which objects a controller's owner has: those that it controls and selects. Orphans that it selects are adopted, and what it
// controls but no longer selects is released. What another owner controls is never touched.
// Source: ClaimObject (pkg/controller/controller_ref_manager.go).
import { controllerOf, type KubeObject, type ObjectMeta, type OwnerReference, type StringMap } from '../../kube/object.ts';
import { objectKey } from '../../kube/resource.ts';

export interface Claims<T extends KubeObject> {
  readonly owned: readonly T[];
  /** As they are to be written: with the owner's reference, and without it. */
  readonly adopt: readonly T[];
  readonly release: readonly T[];
}

export interface Claimant {
  readonly owner: KubeObject;
  /** `name`: of the object, for owners that go by names too. */
  selects(labels: StringMap | undefined, name: string): boolean;
}

/** `mine`: what the owner controls; `orphans`: what nobody controls in its namespace. An owner that is being deleted changes nothing. */
export function claim<T extends KubeObject>({ owner, selects }: Claimant, mine: Iterable<T>, orphans: Iterable<T>): Claims<T> {
  const deleted = owner.metadata.deletionTimestamp !== undefined;
  const [owned, adopt, release]: [T[], T[], T[]] = [[], [], []];
  for (const object of mine) {
    if (selects(object.metadata.labels, object.metadata.name)) owned.push(object);
    else if (!deleted) release.push(released(object, owner.metadata.uid));
  }
  if (deleted) return { owned, adopt, release };
  for (const object of orphans) {
    if (object.metadata.deletionTimestamp === undefined && selects(object.metadata.labels, object.metadata.name))
      adopt.push(adopted(object, controllerReference(owner)));
  }
  return { owned, adopt, release };
}

interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Pick<ObjectMeta, 'name' | 'uid'>;
}

/** The reference by which an owner controls an object. */
export const controllerReference = ({ apiVersion, kind, metadata: { name, uid } }: Named): OwnerReference => ({
  apiVersion,
  kind,
  name,
  uid,
  controller: true,
  blockOwnerDeletion: true,
});

const adopted = <T extends KubeObject>(object: T, reference: OwnerReference): T => withOwners(object, [...(object.metadata.ownerReferences ?? []), reference]);

/** As it is to be written when the owner of that uid lets go of it. */
export const released = <T extends KubeObject>(object: T, uid: string): T =>
  withOwners(
    object,
    (object.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== uid),
  );

function withOwners<T extends KubeObject>(object: T, owners: readonly OwnerReference[]): T {
  const { ownerReferences: _, ...metadata } = object.metadata;
  return { ...object, metadata: owners.length > 0 ? { ...metadata, ownerReferences: owners } : metadata };
}

/** Keys of the owners that a commit concerns: the controller before and the controller after it, of the given kind. */
export function ownersOf(kind: string, before: KubeObject | undefined, after: KubeObject | undefined): readonly string[] {
  const was = ownerKey(kind, before);
  const is = before?.metadata.ownerReferences === after?.metadata.ownerReferences ? was : ownerKey(kind, after);
  if (was === undefined) return is === undefined ? nobody : [is];
  return is === undefined || is === was ? [was] : [was, is];
}

const nobody: readonly string[] = [];

function ownerKey(kind: string, object: KubeObject | undefined): string | undefined {
  const owner = object && controllerOf(object);
  return owner?.kind === kind ? objectKey(object!.metadata.namespace, owner.name) : undefined;
}
