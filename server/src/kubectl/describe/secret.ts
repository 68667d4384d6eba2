import { decodeUtf8 } from '../../kube/utf8.ts';

import type { Secret } from '../../schema/generated/types.ts';
import type { Describer } from './describer.ts';
import { annotationLines, bytesOf, labelLines } from './lines.ts';

/** Values stay hidden, except a service account's token. */
export const describeSecret: Describer<Secret> = ({ metadata, type = '', data = {} }) => [
  `Name:\t${metadata.name}`,
  `Namespace:\t${metadata.namespace ?? ''}`,
  ...labelLines('Labels', metadata.labels),
  ...annotationLines('Annotations', metadata.annotations),
  '',
  `Type:\t${type}`,
  '',
  'Data',
  '====',
  ...Object.keys(data)
    .sort()
    .map((key) => {
      const bytes = bytesOf(data[key]!);
      return key === 'token' && type === 'kubernetes.io/service-account-token' ? `${key}:\t${decodeUtf8(bytes) ?? ''}` : `${key}:\t${bytes.length} bytes`;
    }),
];
