import type { ReplicationController } from '../../schema/generated/types.ts';
import { formatLabels } from '../printers/cell.ts';
import { conditionLines } from './conditions.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines } from './lines.ts';
import { podTemplateLines } from './pod-template.ts';
import { podsStatusLine } from './pods-status.ts';

export const describeReplicationController: Describer<ReplicationController> = (controller, around) => {
  const { metadata, spec, status } = controller;
  const selector = formatLabels(spec?.selector);
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    `Selector:\t${selector}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Replicas:\t${status?.replicas ?? 0} current / ${spec?.replicas ?? 0} desired`,
    podsStatusLine(controller, selector, around),
    ...(spec?.template ? podTemplateLines(spec.template) : ['Pod Template:', '  <unset>']),
    ...conditionLines(status?.conditions),
    ...eventLines(eventsAbout(controller, around), around.now),
  ];
};
