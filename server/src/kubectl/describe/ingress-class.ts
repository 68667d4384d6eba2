import type { IngressClass } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, given, indent, labelLines } from './lines.ts';

export const describeIngressClass: Describer<IngressClass> = (ingressClass, around) => {
  const { metadata, spec } = ingressClass;
  const parameters = spec.parameters;
  return [
    `Name:\t${metadata.name}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Controller:\t${spec.controller ?? ''}`,
    ...(parameters ? ['Parameters:', ...indent([...given('APIGroup', parameters.apiGroup), `Kind:\t${parameters.kind}`, `Name:\t${parameters.name}`])] : []),
    ...eventLines(eventsAbout(ingressClass, around), around.now),
  ];
};
