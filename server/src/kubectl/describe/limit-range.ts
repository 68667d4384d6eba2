import type { LimitRange, LimitRangeItem } from '../../schema/generated/types.ts';
import type { Describer } from './describer.ts';
import type { Lines } from './lines.ts';

export const describeLimitRange: Describer<LimitRange> = ({ metadata, spec }) => [
  `Name:\t${metadata.name}`,
  `Namespace:\t${metadata.namespace ?? ''}`,
  ...limitLines(spec?.limits, ''),
];

/** The table of the limits, each line behind `prefix`. */
export const limitLines = (limits: readonly LimitRangeItem[] = [], prefix: string): Lines => [
  `${prefix}Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio`,
  `${prefix}----\t--------\t---\t---\t---------------\t-------------\t-----------------------`,
  ...limits.flatMap((item) => itemLines(item, prefix)),
];

/** One row for each resource that an item says anything about; '-' where it says nothing. */
function itemLines(item: LimitRangeItem, prefix: string): Lines {
  const lists = [item.min, item.max, item.defaultRequest, item.default, item.maxLimitRequestRatio];
  const resources = [...new Set(lists.flatMap((amounts) => Object.keys(amounts ?? {})))].sort();
  return resources.map((resource) => `${prefix}${[item.type, resource, ...lists.map((amounts) => amounts?.[resource] ?? '-')].join('\t')}`);
}
