import type { ResourceQuota } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const resourceQuotaCells: CellsOf<ResourceQuota> = (quota, now) => {
  return [quota.metadata.name, usage(quota, (resource) => !isLimit(resource)), usage(quota, isLimit), ageOf(quota, now)];
};

const isLimit = (resource: string) => resource.startsWith('limits.');

/** 'cpu: 1/2, pods: 0/5' */
function usage({ status }: ResourceQuota, shown: (resource: string) => boolean): string {
  return Object.keys(status.hard ?? {})
    .filter(shown)
    .sort()
    .map((resource) => `${resource}: ${status.used?.[resource] ?? 0}/${status.hard![resource]}`)
    .join(', ');
}
