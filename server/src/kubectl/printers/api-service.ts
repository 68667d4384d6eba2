import type { APIService } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const apiServiceCells: CellsOf<APIService> = (service, now) => {
  const { metadata, spec, status } = service;
  const where = spec?.service ? `${spec.service.namespace ?? ''}/${spec.service.name ?? ''}` : 'Local';
  const available = status?.conditions?.find(({ type }) => type === 'Available');
  const why = available && available.status !== 'True' && available.reason ? ` (${available.reason})` : '';
  return [metadata.name, where, `${available?.status ?? 'Unknown'}${why}`, ageOf(service, now)];
};
