import type { CSINode } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, dateText, goList, labelLines } from './lines.ts';

export const describeCsiNode: Describer<CSINode> = (node, around) => {
  const { metadata, spec } = node;
  return [
    `Name:\t${metadata.name}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `CreationTimestamp:\t${dateText(metadata.creationTimestamp)}`,
    'Spec:',
    ...(spec.drivers?.length
      ? [
          '  Drivers:',
          ...spec.drivers.flatMap(({ name, nodeID, allocatable, topologyKeys }) => [
            `    ${name}:`,
            `      Node ID:\t${nodeID}`,
            ...(allocatable?.count === undefined ? [] : ['      Allocatables:', `        Count:\t${allocatable.count}`]),
            ...(topologyKeys ? [`      Topology Keys:\t${goList(topologyKeys)}`] : []),
          ]),
        ]
      : []),
    ...eventLines(eventsAbout(node, around), around.now),
  ];
};
