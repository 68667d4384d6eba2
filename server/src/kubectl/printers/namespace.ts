import type { Namespace } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const namespaceCells: CellsOf<Namespace> = (namespace, now) => [namespace.metadata.name, namespace.status.phase ?? '', ageOf(namespace, now)];
