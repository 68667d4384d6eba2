// One thing to do for one pod of a set.
import type { PersistentVolumeClaim, Pod } from '../../../schema/generated/types.ts';
import type { ClaimsPlan } from './claims.ts';

export type Step =
  /** Its claims first, then the pod. */
  | { readonly do: 'create'; readonly ordinal: number; readonly name: string; readonly claims: ClaimsPlan; readonly why: 'create-pod' }
  | { readonly do: 'delete'; readonly name: string; readonly why: 'replace-finished-pod' | 'scale-down-pod' | 'update-pod' }
  /** The claims of a pod that waits for them. */
  | { readonly do: 'claim'; readonly pod: Pod; readonly claims: ClaimsPlan; readonly why: 'claim-volumes' }
  /** A pod whose labels do not say who it is, or whose claims are not owned as the policy says. */
  | { readonly do: 'mend'; readonly pod: Pod; readonly claims: readonly PersistentVolumeClaim[]; readonly why: 'mend-pod' }
  /** Claims of a pod that goes. */
  | { readonly do: 'own'; readonly claims: readonly PersistentVolumeClaim[]; readonly why: 'own-claims' };
