import type { LimitRange, Namespace, ResourceQuota } from '../../schema/generated/types.ts';
import type { Describer } from './describer.ts';
import { limitLines } from './limit-range.ts';
import { annotationLines, dateText, labelLines, type Lines } from './lines.ts';
import { scopeLines } from './quota-lines.ts';

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
    ...rangeLines(around.list<LimitRange>('v1', 'LimitRange', query)),
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
  const lines = quotas.flatMap(({ metadata, spec, status }) => {
    const rows = Object.keys(status?.hard ?? {})
      .sort()
      .map((resource) => `  ${resource}\t${status?.used?.[resource] ?? 0}\t${status!.hard![resource]}`);
    return [`  Name:\t${metadata.name}`, ...scopeLines(spec?.scopes, '* ', '  '), '  Resource\tUsed\tHard', '  --------\t---\t---', ...rows];
  });
  return ['Resource Quotas', ...lines];
}

const rangeLines = (ranges: readonly LimitRange[]): Lines =>
  ranges.length === 0
    ? ['No LimitRange resource.']
    : [
        'Resource Limits',
        ...limitLines(
          ranges.flatMap(({ spec }) => spec?.limits ?? []),
          ' ',
        ),
      ];
