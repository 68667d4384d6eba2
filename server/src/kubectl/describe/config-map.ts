import type { ConfigMap } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, bytesOf, labelLines } from './lines.ts';

export const describeConfigMap: Describer<ConfigMap> = (configMap, around) => {
  const { metadata, data = {}, binaryData = {} } = configMap;
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    '',
    'Data',
    '====',
    ...Object.keys(data)
      .sort()
      .flatMap((key) => [`${key}:`, '----', ...data[key]!.split('\n'), '']),
    '',
    'BinaryData',
    '====',
    ...Object.keys(binaryData)
      .sort()
      .map((key) => `${key}: ${bytesOf(binaryData[key]!).length} bytes`),
    '',
    ...eventLines(eventsAbout(configMap, around), around.now),
  ];
};
