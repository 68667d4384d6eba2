import type { StorageClass, TopologySelectorTerm, VolumeAttributesClass } from '../../schema/generated/types.ts';
import { formatLabels } from '../printers/cell.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { boolText, given, none, type Lines } from './lines.ts';

export const describeStorageClass: Describer<StorageClass> = (storageClass, around) => {
  const { metadata, provisioner, parameters, allowVolumeExpansion, mountOptions = [], reclaimPolicy, volumeBindingMode, allowedTopologies } = storageClass;
  return [
    `Name:\t${metadata.name}`,
    `IsDefaultClass:\t${isDefault(metadata.annotations) ? 'Yes' : 'No'}`,
    `Annotations:\t${formatLabels(metadata.annotations)}`,
    `Provisioner:\t${provisioner}`,
    `Parameters:\t${formatLabels(parameters)}`,
    `AllowVolumeExpansion:\t${boolText(allowVolumeExpansion)}`,
    ...(mountOptions.length === 0 ? [`MountOptions:\t${none}`] : ['MountOptions:', ...mountOptions.map((option) => `  ${option}`)]),
    ...given('ReclaimPolicy', reclaimPolicy),
    ...given('VolumeBindingMode', volumeBindingMode),
    ...(allowedTopologies ? topologyLines(allowedTopologies) : []),
    ...eventLines(eventsAbout(storageClass, around), around.now),
  ];
};

export const describeVolumeAttributesClass: Describer<VolumeAttributesClass> = (attributesClass, around) => [
  `Name:\t${attributesClass.metadata.name}`,
  `Annotations:\t${formatLabels(attributesClass.metadata.annotations)}`,
  `DriverName:\t${attributesClass.driverName}`,
  `Parameters:\t${formatLabels(attributesClass.parameters)}`,
  ...eventLines(eventsAbout(attributesClass, around), around.now),
];

const isDefault = (annotations: Readonly<Record<string, string>> = {}) =>
  ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'].some((key) => annotations[key] === 'true');

function topologyLines(terms: readonly TopologySelectorTerm[]): Lines {
  if (terms.length === 0) return [`AllowedTopologies:\t${none}`];
  return [
    'AllowedTopologies:\t',
    ...terms.flatMap(({ matchLabelExpressions = [] }, i) => {
      const texts = matchLabelExpressions.map(({ key, values }) => `${key} in${values.length > 0 ? ` [${values.join(', ')}]` : ''}`);
      return (texts.length === 0 ? [none] : texts).map((text, n) => (n === 0 ? `  Term ${i}:\t${text}` : `  \t${text}`));
    }),
  ];
}
