import type { Endpoint, EndpointSlice } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines, none, type Lines } from './lines.ts';

const unset = '<unset>';

export const describeEndpointSlice: Describer<EndpointSlice> = (slice, around) => {
  const { metadata, addressType, ports, endpoints } = slice;
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `AddressType:\t${addressType}`,
    ...(ports?.length
      ? [
          'Ports:',
          '  Name\tPort\tProtocol',
          '  ----\t----\t--------',
          ...ports.map(({ name, port, protocol = '' }) => `  ${name || unset}\t${port ?? unset}\t${protocol}`),
        ]
      : [`Ports: ${unset}`]),
    ...(endpoints?.length ? ['Endpoints:', ...endpoints.flatMap(oneEndpoint)] : [`Endpoints: ${none}`]),
    ...eventLines(eventsAbout(slice, around), around.now),
  ];
};

const oneEndpoint = ({ addresses, conditions, hostname, targetRef, nodeName, zone }: Endpoint): Lines => [
  `  - Addresses:\t${addresses.join(', ') || none}`,
  '    Conditions:',
  `      Ready:\t${conditions?.ready ?? unset}`,
  `    Hostname:\t${hostname ?? unset}`,
  ...(targetRef ? [`    TargetRef:\t${targetRef.kind ?? ''}/${targetRef.name ?? ''}`] : []),
  `    NodeName:\t${nodeName ?? unset}`,
  `    Zone:\t${zone ?? unset}`,
];
