import type { ResourceQuota } from '../../schema/generated/types.ts';
import type { Describer } from './describer.ts';
import { scopeLines } from './quota-lines.ts';

export const describeResourceQuota: Describer<ResourceQuota> = ({ metadata, spec, status }) => [
  `Name:\t${metadata.name}`,
  `Namespace:\t${metadata.namespace ?? ''}`,
  ...scopeLines(spec?.scopes, ' * '),
  'Resource\tUsed\tHard',
  '--------\t----\t----',
  ...Object.keys(status?.hard ?? {})
    .sort()
    .map((resource) => `${resource}\t${status?.used?.[resource] ?? 0}\t${status!.hard![resource]}`),
];
