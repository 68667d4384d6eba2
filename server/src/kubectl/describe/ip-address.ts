import type { IPAddress } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines } from './lines.ts';

export const describeIpAddress: Describer<IPAddress> = (address, around) => {
  const { metadata, spec } = address;
  const parent = spec?.parentRef;
  return [
    `Name:\t${metadata.name}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...(parent
      ? [
          'Parent Reference:',
          `  Group:\t${parent.group ?? ''}`,
          `  Resource:\t${parent.resource}`,
          `  Namespace:\t${parent.namespace ?? ''}`,
          `  Name:\t${parent.name}`,
        ]
      : []),
    ...eventLines(eventsAbout(address, around), around.now),
  ];
};
