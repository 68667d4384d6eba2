import { formatSelector, validSelectorOf } from '../../kube/label-selector.ts';
import type { PersistentVolumeClaim, StatefulSet } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, dateText, goList, labelLines, none, type Lines } from './lines.ts';
import { claimClass } from './persistent-volume-claim.ts';
import { podTemplateLines } from './pod-template.ts';
import { podsStatusLine } from './pods-status.ts';

export const describeStatefulSet: Describer<StatefulSet> = (set, around) => {
  const { metadata, spec, status } = set;
  const selector = formatSelector(validSelectorOf(spec.selector));
  const rolling = spec.updateStrategy.rollingUpdate;
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    `CreationTimestamp:\t${dateText(metadata.creationTimestamp)}`,
    `Selector:\t${selector}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Replicas:\t${spec.replicas ?? 0} desired | ${status.replicas ?? 0} total`,
    `Update Strategy:\t${spec.updateStrategy.type ?? ''}`,
    ...(rolling?.partition === undefined ? [] : [`  Partition:\t${rolling.partition}`]),
    ...(rolling?.partition === undefined || rolling.maxUnavailable === undefined ? [] : [`  MaxUnavailable:\t${rolling.maxUnavailable}`]),
    podsStatusLine(set, selector, around),
    ...podTemplateLines(spec.template),
    ...claimTemplateLines(spec.volumeClaimTemplates),
    ...eventLines(eventsAbout(set, around), around.now),
  ];
};

function claimTemplateLines(templates: readonly PersistentVolumeClaim[] = []): Lines {
  if (templates.length === 0) return [`Volume Claims:\t${none}`];
  return [
    'Volume Claims:',
    ...templates.flatMap((claim) => [
      `  Name:\t${claim.metadata.name}`,
      `  StorageClass:\t${claimClass(claim)}`,
      ...indented(labelLines('Labels', claim.metadata.labels)),
      ...indented(labelLines('Annotations', claim.metadata.annotations)),
      `  Capacity:\t${claim.spec.resources?.requests?.['storage'] ?? '<default>'}`,
      `  Access Modes:\t${goList(claim.spec.accessModes)}`,
    ]),
  ];
}

const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);
