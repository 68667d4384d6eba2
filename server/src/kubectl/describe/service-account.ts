import type { ServiceAccount } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines, none } from './lines.ts';

export const describeServiceAccount: Describer<ServiceAccount> = (account, around) => {
  const { metadata, imagePullSecrets = [] } = account;
  const names = imagePullSecrets.length > 0 ? imagePullSecrets.map(({ name = '' }) => name) : [none];
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...names.map((name, i) => `${i === 0 ? title : ' '.repeat(title.length)}\t${name}`),
    ...eventLines(eventsAbout(account, around), around.now),
  ];
};

const title = 'Image pull secrets:';
