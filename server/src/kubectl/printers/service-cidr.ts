import type { ServiceCIDR } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const serviceCidrCells: CellsOf<ServiceCIDR> = (range, now) => [range.metadata.name, (range.spec?.cidrs ?? []).join(','), ageOf(range, now)];
