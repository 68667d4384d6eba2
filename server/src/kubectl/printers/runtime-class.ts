import type { RuntimeClass } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const runtimeClassCells: CellsOf<RuntimeClass> = (object, now) => [object.metadata.name, object.handler ?? '', ageOf(object, now)];
