import type { Endpoints } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines, none } from './lines.ts';

export const describeEndpoints: Describer<Endpoints> = (endpoints, around) => {
  const { metadata, subsets = [] } = endpoints;
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    'Subsets:',
    ...subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }) => [
      `  Addresses:\t${addresses.map(({ ip }) => ip).join(',') || none}`,
      `  NotReadyAddresses:\t${notReadyAddresses.map(({ ip }) => ip).join(',') || none}`,
      ...(ports.length === 0
        ? []
        : [
            '  Ports:',
            '    Name\tPort\tProtocol',
            '    ----\t----\t--------',
            ...ports.map(({ name, port, protocol = '' }) => `    ${name || '<unset>'}\t${port}\t${protocol}`),
          ]),
      '',
    ]),
    ...eventLines(eventsAbout(endpoints, around), around.now),
  ];
};
