// The claims of a set's pods: one for each template and ordinal, which outlive the pods.
// Source: createPersistentVolumeClaims, UpdatePodClaimForRetentionPolicy, PodClaimIsStale (stateful_pod_control.go), getPersistentVolumeClaims,
// updateStorage (stateful_set_utils.go).
import type { PersistentVolumeClaim, StatefulSet, Volume } from '../../../schema/generated/types.ts';
import type { Draft } from '../../runtime/writer.ts';
import { isStale, ownersByPolicy, policyOf, type PodRef } from './retention.ts';

/** What a set's claims are read from. */
export interface ClaimSource {
  readonly set: StatefulSet;
  /** Any of the namespace, whoever owns it. */
  claimNamed(name: string): PersistentVolumeClaim | undefined;
}

export interface ClaimsPlan {
  readonly create: readonly Draft<PersistentVolumeClaim>[];
  /** Names of claims that are being deleted: nothing can be done before they are gone. */
  readonly dying: readonly string[];
  /** Claims with the owners that the retention policy gives them. */
  readonly own: readonly PersistentVolumeClaim[];
}

const nothing: ClaimsPlan = { create: [], dying: [], own: [] };

export const isEmpty = ({ create, dying, own }: ClaimsPlan): boolean => create.length + dying.length + own.length === 0;

const templatesOf = ({ spec }: StatefulSet): readonly PersistentVolumeClaim[] => spec.volumeClaimTemplates ?? [];

export const claimName = (template: PersistentVolumeClaim, pod: string): string => `${template.metadata.name}-${pod}`;

/** What the claims of a pod lack. `pod` has no uid while it is still to be made. */
export function planClaims({ set, claimNamed }: ClaimSource, pod: PodRef): ClaimsPlan {
  const templates = templatesOf(set);
  if (templates.length === 0) return nothing;
  const create: Draft<PersistentVolumeClaim>[] = [];
  const dying: string[] = [];
  const own: PersistentVolumeClaim[] = [];
  for (const template of templates) {
    const name = claimName(template, pod.name);
    const claim = claimNamed(name);
    if (!claim) create.push(claimDraft(set, template, name));
    else if (claim.metadata.deletionTimestamp !== undefined) dying.push(name);
    const owned = claim && ownersByPolicy(claim, set, pod);
    if (owned) own.push(owned);
  }
  return create.length + dying.length + own.length === 0 ? nothing : { create, dying, own };
}

/** Claims of existing pods whose owners are not those of the policy; missing ones do not count. */
export const planOwners = (source: ClaimSource, pod: PodRef): readonly PersistentVolumeClaim[] => planClaims(source, pod).own;

/** Whether a claim still belongs to a pod that was there before: it goes with that one, and the new pod has to wait for it. */
export function hasStaleClaim({ set, claimNamed }: ClaimSource, pod: PodRef): boolean {
  if (policyOf(set).whenScaled === 'Retain') return false;
  return templatesOf(set).some((template) => {
    const claim = claimNamed(claimName(template, pod.name));
    return claim !== undefined && isStale(claim, 'v1', 'Pod', pod);
  });
}

function claimDraft(set: StatefulSet, template: PersistentVolumeClaim, name: string): Draft<PersistentVolumeClaim> {
  const { labels, annotations, finalizers, ownerReferences } = template.metadata;
  const { namespace } = set.metadata;
  const allLabels = labels ? { ...labels, ...set.spec.selector.matchLabels } : set.spec.selector.matchLabels;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      ...(namespace && { namespace }),
      ...(allLabels && { labels: allLabels }),
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
      ...(ownerReferences && { ownerReferences }),
    },
    spec: template.spec,
  };
}

/** The volumes of a pod for its claims. */
export function claimVolumesOf(set: StatefulSet, pod: string): readonly Volume[] {
  return templatesOf(set).map((template) => ({ name: template.metadata.name, persistentVolumeClaim: { claimName: claimName(template, pod) } }));
}

/** The volumes of the pod template that no claim has taken the name of. */
export function unclaimedVolumes(set: StatefulSet, volumes: readonly Volume[] = []): readonly Volume[] {
  const taken = new Set(templatesOf(set).map(({ metadata }) => metadata.name));
  return volumes.filter(({ name }) => !taken.has(name));
}
