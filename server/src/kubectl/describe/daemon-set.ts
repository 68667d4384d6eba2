import { formatSelector, validSelectorOf } from '../../kube/label-selector.ts';
import type { DaemonSet } from '../../schema/generated/types.ts';
import { formatLabels } from '../printers/cell.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines } from './lines.ts';
import { podTemplateLines } from './pod-template.ts';
import { podsStatusLine } from './pods-status.ts';

export const describeDaemonSet: Describer<DaemonSet> = (set, around) => {
  const { metadata, spec, status } = set;
  const selector = formatSelector(validSelectorOf(spec.selector));
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    `Selector:\t${selector}`,
    `Node-Selector:\t${formatLabels(spec.template.spec?.nodeSelector)}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled}`,
    `Current Number of Nodes Scheduled: ${status.currentNumberScheduled}`,
    `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}`,
    `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}`,
    `Number of Nodes Misscheduled: ${status.numberMisscheduled}`,
    podsStatusLine(set, selector, around),
    ...podTemplateLines(spec.template),
    ...eventLines(eventsAbout(set, around), around.now),
  ];
};
