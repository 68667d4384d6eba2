import { formatLabelSelector, formatSelector, validSelectorOf } from '../../kube/label-selector.ts';
import { controllerOf, type KubeObject } from '../../kube/object.ts';
import type { ReplicaSet } from '../../schema/generated/types.ts';
import { conditionLines } from './conditions.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines, type Lines } from './lines.ts';
import { podTemplateLines } from './pod-template.ts';
import { podsStatusLine } from './pods-status.ts';

export const describeReplicaSet: Describer<ReplicaSet> = (set, around) => {
  const { metadata, spec, status } = set;
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    `Selector:\t${formatLabelSelector(spec.selector)}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...controllerLines(set),
    `Replicas:\t${status.replicas ?? 0} current / ${spec.replicas ?? 0} desired`,
    podsStatusLine(set, formatSelector(validSelectorOf(spec.selector)), around),
    ...podTemplateLines(spec.template ?? {}),
    ...conditionLines(status.conditions),
    ...eventLines(eventsAbout(set, around), around.now),
  ];
};

/** 'Controlled By:\tDeployment/web'; nothing for an orphan. */
export function controllerLines(object: KubeObject): Lines {
  const owner = controllerOf(object);
  return owner ? [`Controlled By:\t${owner.kind}/${owner.name}`] : [];
}
