import { formatLabelSelector } from '../../kube/label-selector.ts';
import type { NetworkPolicy } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const networkPolicyCells: CellsOf<NetworkPolicy> = (policy, now) => [
  policy.metadata.name,
  formatLabelSelector(policy.spec?.podSelector),
  ageOf(policy, now),
];
