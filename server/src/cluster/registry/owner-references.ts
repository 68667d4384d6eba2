// One owner is named once: the server takes out references that are there twice, and warns of them.
import { isEqual } from '../../kube/equal.ts';
import type { KubeObject, OwnerReference } from '../../kube/object.ts';

const texts = {
  sent: 'contains duplicate entries',
  /** What a patch makes is looked at only when admission has had its say. */
  patched: 'contains duplicate entries after mutating admission happens',
};

/** The object with every reference once; the very same when none is there twice. References to one uid that differ in anything stay. */
export function withoutDuplicateOwners<T extends KubeObject>(object: T, found: keyof typeof texts, warnings: string[] | undefined): T {
  const sent = object.metadata.ownerReferences;
  if (!sent || sent.length < 2) return object;
  const kept: OwnerReference[] = [];
  const twice: OwnerReference[] = [];
  for (const owner of sent) (kept.some((one) => isEqual(one, owner)) ? twice : kept).push(owner);
  if (twice.length === 0) return object;
  warnings?.push(
    `.metadata.ownerReferences ${texts[found]}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${twice.map(({ uid }) => uid).join(', ')}`,
  );
  return { ...object, metadata: { ...object.metadata, ownerReferences: kept } };
}
