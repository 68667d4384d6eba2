import type { FlowSchema, PriorityLevelConfiguration } from '../../schema/generated/types.ts';
import { ageOf, none, type CellsOf } from './cell.ts';

export const flowSchemaCells: CellsOf<FlowSchema> = (schema, now) => {
  const { metadata, spec, status } = schema;
  const dangling = status?.conditions?.find(({ type }) => type === 'Dangling')?.status ?? '?';
  const by = spec?.distinguisherMethod?.type ?? none;
  return [metadata.name, spec?.priorityLevelConfiguration?.name ?? '', spec?.matchingPrecedence ?? 0, by, ageOf(schema, now), dangling];
};

export const priorityLevelCells: CellsOf<PriorityLevelConfiguration> = (level, now) => {
  const { metadata, spec } = level;
  const shares = spec?.limited ? (spec.limited.nominalConcurrencyShares ?? none) : none;
  const queuing = spec?.limited?.limitResponse?.queuing;
  const queues = queuing ? [queuing.queues ?? 0, queuing.handSize ?? 0, queuing.queueLengthLimit ?? 0] : [none, none, none];
  return [metadata.name, spec?.type ?? '', shares, ...queues, ageOf(level, now)];
};
