import type { Secret, ServiceAccount } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines, none, type Lines } from './lines.ts';

export const describeServiceAccount: Describer<ServiceAccount> = (account, around) => {
  const { metadata, imagePullSecrets = [], secrets = [] } = account;
  const existing = around.list<Secret>('v1', 'Secret', metadata.namespace === undefined ? {} : { namespace: metadata.namespace });
  const tokens = existing.filter(
    ({ type, metadata: { annotations = {} } }) =>
      type === 'kubernetes.io/service-account-token' &&
      annotations['kubernetes.io/service-account.name'] === metadata.name &&
      annotations['kubernetes.io/service-account.uid'] === metadata.uid,
  );
  const shown = (name: string) => (existing.some((secret) => secret.metadata.name === name) ? name : `${name} (not found)`);
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...section(
      'Image pull secrets:',
      imagePullSecrets.map(({ name = '' }) => shown(name)),
    ),
    // Only old clusters have these two, so nothing is said when they are empty.
    ...(secrets.length > 0
      ? section(
          'Mountable secrets: ',
          secrets.map(({ name = '' }) => shown(name)),
        )
      : []),
    ...(tokens.length > 0
      ? section(
          'Tokens:            ',
          tokens.map((token) => token.metadata.name),
        )
      : []),
    ...eventLines(eventsAbout(account, around), around.now),
  ];
};

const section = (title: string, names: readonly string[]): Lines =>
  names.length === 0 ? [`${title}\t${none}`] : names.map((name, i) => `${i === 0 ? title : ' '.repeat(title.length)}\t${name}`);
