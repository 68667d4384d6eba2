import type { ClusterRoleBinding, RoleBinding } from '../../schema/generated/types.ts';
import type { Describer } from './describer.ts';
import { annotationLines, labelLines } from './lines.ts';

export const describeRoleBinding: Describer<RoleBinding | ClusterRoleBinding> = ({ metadata, roleRef, subjects }) => [
  `Name:\t${metadata.name}`,
  ...labelLines('Labels', metadata.labels),
  ...annotationLines('Annotations', metadata.annotations),
  'Role:',
  `  Kind:\t${roleRef.kind}`,
  `  Name:\t${roleRef.name}`,
  'Subjects:',
  '  Kind\tName\tNamespace',
  '  ----\t----\t---------',
  ...(subjects ?? []).map(({ kind, name, namespace = '' }) => `  ${kind}\t${name}\t${namespace}`),
];
