import type { LimitRange, LimitRangeItem, Namespace, ResourceQuota } from '../../schema/generated/types.ts';
import type { Describer } from './describer.ts';
import { annotationLines, dateText, labelLines, type Lines } from './lines.ts';

export const describeNamespace: Describer<Namespace> = (namespace, around) => {
  const { metadata, status } = namespace;
  const query = { namespace: metadata.name };
  return [
    `Name:\t${metadata.name}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Status:\t${status.phase ?? ''}`,
    ...conditionsOf(namespace),
    '',
    ...quotaLines(around.list<ResourceQuota>('v1', 'ResourceQuota', query)),
    '',
    ...limitLines(around.list<LimitRange>('v1', 'LimitRange', query)),
  ];
};

function conditionsOf({ status }: Namespace): Lines {
  if (!status.conditions?.length) return [];
  const rows = status.conditions.map(({ type, status, lastTransitionTime, reason = '', message = '' }) => {
    return `  ${type}\t${status}\t${dateText(lastTransitionTime)}\t${reason}\t${message}`;
  });
  return ['Conditions:', '  Type\tStatus\tLastTransitionTime\tReason\tMessage', '  ----\t------\t------------------\t------\t-------', ...rows];
}

function quotaLines(quotas: readonly ResourceQuota[]): Lines {
  if (quotas.length === 0) return ['No resource quota.'];
  const lines = quotas.flatMap(({ metadata, status }) => {
    const rows = Object.keys(status.hard ?? {})
      .sort()
      .map((resource) => `  ${resource}\t${status.used?.[resource] ?? 0}\t${status.hard![resource]}`);
    return [`  Name:\t${metadata.name}`, '  Resource\tUsed\tHard', '  --------\t---\t---', ...rows];
  });
  return ['Resource Quotas', ...lines];
}

function limitLines(ranges: readonly LimitRange[]): Lines {
  if (ranges.length === 0) return ['No LimitRange resource.'];
  return [
    'Resource Limits',
    ' Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio',
    ' ----\t--------\t---\t---\t---------------\t-------------\t-----------------------',
    ...ranges.flatMap(({ spec }) => (spec?.limits ?? []).flatMap(itemLines)),
  ];
}

/** One row for each resource that an item says anything about; '-' where it says nothing. */
function itemLines(item: LimitRangeItem): Lines {
  const lists = [item.min, item.max, item.defaultRequest, item.default, item.maxLimitRequestRatio];
  const resources = [...new Set(lists.flatMap((amounts) => Object.keys(amounts ?? {})))].sort();
  return resources.map((resource) => ` ${[item.type, resource, ...lists.map((amounts) => amounts?.[resource] ?? '-')].join('\t')}`);
}
