import type { Lease } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const leaseCells: CellsOf<Lease> = (lease, now) => [lease.metadata.name, lease.spec.holderIdentity ?? '', ageOf(lease, now)];
