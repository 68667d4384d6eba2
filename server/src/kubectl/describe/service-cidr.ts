import type { ServiceCIDR } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, dateText, labelLines } from './lines.ts';

export const describeServiceCidr: Describer<ServiceCIDR> = (cidr, around) => {
  const { metadata, spec, status } = cidr;
  const conditions = status?.conditions ?? [];
  return [
    `Name:\t${metadata.name}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `CIDRs:\t${(spec?.cidrs ?? []).join(', ')}`,
    ...(conditions.length > 0
      ? [
          'Status:',
          'Conditions:',
          '  Type\tStatus\tLastTransitionTime\tReason\tMessage',
          '  ----\t------\t------------------\t------\t-------',
          ...conditions.map((each) => `  ${each.type}\t${each.status}\t${dateText(each.lastTransitionTime)}\t${each.reason}\t${each.message}`),
        ]
      : []),
    ...eventLines(eventsAbout(cidr, around), around.now),
  ];
};
