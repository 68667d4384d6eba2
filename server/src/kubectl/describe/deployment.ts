import { sortOut } from '../../cluster/controllers/deployment/replica-sets.ts';
import { formatSelector, validSelectorOf } from '../../kube/label-selector.ts';
import { controllerOf } from '../../kube/object.ts';
import type { Deployment, ReplicaSet } from '../../schema/generated/types.ts';
import { conditionLines } from './conditions.ts';
import { eventsAbout, type Around, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, dateText, labelLines, none, type Lines } from './lines.ts';
import { podTemplateLines } from './pod-template.ts';

export const describeDeployment: Describer<Deployment> = (deployment, around) => {
  const { metadata, spec, status } = deployment;
  const rolling = spec.strategy.rollingUpdate;
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    `CreationTimestamp:\t${dateText(metadata.creationTimestamp)}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Selector:\t${formatSelector(validSelectorOf(spec.selector))}`,
    `Replicas:\t${spec.replicas ?? 0} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`,
    `StrategyType:\t${spec.strategy.type ?? ''}`,
    `MinReadySeconds:\t${spec.minReadySeconds ?? 0}`,
    ...(rolling ? [`RollingUpdateStrategy:\t${rolling.maxUnavailable ?? 0} max unavailable, ${rolling.maxSurge ?? 0} max surge`] : []),
    ...podTemplateLines(spec.template),
    ...conditionLines(status.conditions),
    ...replicaSetLines(deployment, around),
    ...eventLines(eventsAbout(deployment, around), around.now),
  ];
};

/** The ReplicaSets of a Deployment, as a client finds them. */
function replicaSetsOf(deployment: Deployment, around: Pick<Around, 'list'>): readonly ReplicaSet[] {
  const { namespace, uid } = deployment.metadata;
  const labelSelector = formatSelector(validSelectorOf(deployment.spec.selector));
  const sets = around.list<ReplicaSet>('apps/v1', 'ReplicaSet', { labelSelector, ...(namespace !== undefined && { namespace }) });
  return sets.filter((set) => controllerOf(set)?.uid === uid);
}

function replicaSetLines(deployment: Deployment, around: Around): Lines {
  const sets = replicaSetsOf(deployment, around);
  if (sets.length === 0) return [];
  const { newSet, oldSets } = sortOut(deployment, sets);
  return [`OldReplicaSets:\t${listed(oldSets)}`, `NewReplicaSet:\t${listed(newSet ? [newSet] : [])}`];
}

const listed = (sets: readonly ReplicaSet[]) =>
  sets.map((set) => `${set.metadata.name} (${set.status.replicas ?? 0}/${set.spec.replicas ?? 0} replicas created)`).join(', ') || none;
