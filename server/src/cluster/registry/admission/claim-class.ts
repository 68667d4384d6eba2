// The storage class that a claim asks for: by its old annotation, or by its field.
import type { KubeObject } from '../../../kube/object.ts';
import type { PersistentVolumeClaim } from '../../../schema/generated/types.ts';

const annotation = 'volume.beta.kubernetes.io/storage-class';

type Claim = KubeObject & { readonly spec: Pick<PersistentVolumeClaim['spec'], 'storageClassName'> };

/** Absent: it does not say. Empty: it wants none. */
export const claimClassOf = ({ metadata: { annotations }, spec }: Claim): string | undefined => annotations?.[annotation] ?? spec.storageClassName;
