import type { ComponentStatus } from '../../schema/generated/types.ts';
import type { CellsOf } from './cell.ts';

export const componentStatusCells: CellsOf<ComponentStatus> = ({ metadata, conditions }) => {
  const healthy = conditions?.find(({ type }) => type === 'Healthy');
  const status = healthy ? (healthy.status === 'True' ? 'Healthy' : 'Unhealthy') : 'Unknown';
  return [metadata.name, status, healthy?.message ?? '', healthy?.error ?? ''];
};
