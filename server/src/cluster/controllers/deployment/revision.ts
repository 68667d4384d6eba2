// The new ReplicaSet: kept in step with its Deployment, found again, or created; and the Deployment's revision after it.
// Each of these ends the look: the write wakes the controller again. (The real controller goes on with a copy that is now
// stale, and the API server refuses what it writes next.)
// Source: getNewReplicaSet (sync.go).
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../../schema/generated/types.ts';
import type { Draft } from '../../runtime/writer.ts';
import { controllerReference } from '../claim.ts';
import { podTemplateHash } from '../history/pod-template-hash.ts';
import { annotationsOfNewSet, maxRevision, revisionAnnotation, revisionOf, withSizes } from './annotations.ts';
import { boundsOf, newSetSize } from './bounds.ts';
import { condition, noConditions, progressingOf, setCondition } from './conditions.ts';
import { hasDeadline } from './progress.ts';
import { wanted, type ReplicaSets } from './replica-sets.ts';
import { statusOf } from './status.ts';
import type { Step } from './steps.ts';
import { hashLabel } from './template.ts';

/** Brings the annotations of an existing new ReplicaSet, and the Deployment's revision, up to date. No steps: they are. */
export function syncRevision(deployment: Deployment, { newSet, oldSets }: ReplicaSets, nowMs: number): readonly Step[] {
  if (!newSet) return [];
  const updated = inStep(deployment, newSet, maxRevision(oldSets) + 1);
  if (updated !== newSet) {
    const [from, to] = [revisionOf(newSet), revisionOf(updated)];
    const reason = from === to ? { code: 'sync-replicaset', args: { revision: to } } : { code: 'reuse-replicaset', args: { from, to } };
    return [{ step: 'update', set: updated, reason }];
  }
  const revision = newSet.metadata.annotations?.[revisionAnnotation] ?? '';
  const found = hasDeadline(deployment) && !progressingOf(deployment);
  if (deployment.metadata.annotations?.[revisionAnnotation] === revision && !found) return [];
  const named = withRevision(deployment, revision);
  return [
    { step: 'status', deployment: found ? withProgressing(named, 'FoundNewReplicaSet', `Found new replica set "${newSet.metadata.name}"`, nowMs) : named },
  ];
}

function inStep(deployment: Deployment, set: ReplicaSet, newRevision: number): ReplicaSet {
  const annotations = annotationsOfNewSet(deployment, set, newRevision);
  const { minReadySeconds = 0 } = deployment.spec;
  const sameMinReady = (set.spec.minReadySeconds ?? 0) === minReadySeconds;
  if (annotations === (set.metadata.annotations ?? annotations) && sameMinReady) return set;
  return { ...set, metadata: { ...set.metadata, annotations }, spec: sameMinReady ? set.spec : { ...set.spec, minReadySeconds } };
}

/** Creates the new ReplicaSet, or counts a collision when its name belongs to another. `isTaken` tells whether a ReplicaSet has the name. */
export function createNewSet(deployment: Deployment, sets: ReplicaSets, isTaken: (name: string) => boolean, nowMs: number): readonly Step[] {
  const hash = podTemplateHash(deployment.spec.template, deployment.status.collisionCount);
  const name = setName(deployment.metadata.name, hash);
  // A ReplicaSet of ours with this template would have been found as the new one, so this is somebody else's: next time the
  // hash will be another one. (The real controller must ask, since its cache may lag behind.)
  if (isTaken(name)) return [{ step: 'status', deployment: afterCollision(deployment), reason: { code: 'hash-collision', args: { name } } }];
  const bounds = boundsOf(deployment);
  const total = wanted(sets.all);
  const replicas = newSetSize(deployment, 0, total);
  const revision = maxRevision(sets.oldSets) + 1;
  const draft = draftOf(deployment, { name, hash, replicas, revision });
  return [
    { step: 'create', draft, reason: { code: 'create-replicaset', args: { revision, replicas, atMost: bounds.atMost, total: total + replicas } } },
    { step: 'status', deployment: afterCreation(deployment, sets, draft, nowMs) },
  ];
}

/**
 * The Deployment with the new revision, and with counts in which the new template has no pods yet: progress is judged by what
 * comes after. (Counts of the template before would hide it: 3 updated pods of the old one, then 1 of the new one.)
 */
function afterCreation(deployment: Deployment, { oldSets }: ReplicaSets, draft: Draft<ReplicaSet>, nowMs: number): Deployment {
  const named = withRevision(deployment, draft.metadata.annotations![revisionAnnotation]!);
  const message = `Created new replica set "${draft.metadata.name}"`;
  const noted = hasDeadline(deployment) ? withProgressing(named, 'NewReplicaSetCreated', message, nowMs) : named;
  const newSet = { ...draft, status: { replicas: 0 } } as ReplicaSet;
  return { ...noted, status: statusOf(noted, { newSet, oldSets, all: [...oldSets, newSet] }, nowMs) };
}

const longestName = 253;

/** '<deployment>-<hash>', the first part cut so that the whole has at most 253 characters. */
export const setName = (deployment: string, hash: string): string => `${deployment.slice(0, longestName - 1 - hash.length)}-${hash}`;

function draftOf(deployment: Deployment, made: { name: string; hash: string; replicas: number; revision: number }): Draft<ReplicaSet> {
  const { template, selector, minReadySeconds = 0 } = deployment.spec;
  const labels = { ...template.metadata?.labels, [hashLabel]: made.hash };
  const annotations = annotationsOfNewSet(deployment, { metadata: {} }, made.revision);
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: made.name,
      ...(deployment.metadata.namespace && { namespace: deployment.metadata.namespace }),
      labels,
      annotations: withSizes(annotations, boundsOf(deployment)),
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: made.replicas,
      ...(minReadySeconds > 0 && { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: made.hash } },
      template: withLabels(template, labels),
    },
  };
}

const withLabels = (template: PodTemplateSpec, labels: Readonly<Record<string, string>>): PodTemplateSpec => ({
  ...template,
  metadata: { ...template.metadata, labels },
});

/** What a failed creation says. The condition is written only when progress is judged at all; the event always. */
export function creationFailed(deployment: Deployment, name: string, error: string, nowMs: number): readonly Step[] {
  const message = `Failed to create new replica set "${name}": ${error}`;
  const failed = setCondition(deployment.status.conditions ?? noConditions, condition('Progressing', 'False', 'ReplicaSetCreateError', message, nowMs));
  const status: Step = { step: 'status', deployment: { ...deployment, status: { ...deployment.status, conditions: failed } } };
  return [...(hasDeadline(deployment) ? [status] : []), { step: 'event', type: 'Warning', reason: 'ReplicaSetCreateError', message }];
}

const withRevision = (deployment: Deployment, revision: string): Deployment => ({
  ...deployment,
  metadata: { ...deployment.metadata, annotations: { ...deployment.metadata.annotations, [revisionAnnotation]: revision } },
});

function withProgressing(deployment: Deployment, reason: string, message: string, nowMs: number): Deployment {
  const conditions = setCondition(deployment.status.conditions ?? noConditions, condition('Progressing', 'True', reason, message, nowMs));
  return { ...deployment, status: { ...deployment.status, conditions } };
}

const afterCollision = (deployment: Deployment): Deployment => ({
  ...deployment,
  status: { ...deployment.status, collisionCount: (deployment.status.collisionCount ?? 0) + 1 },
});
