import type { PriorityClass } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const priorityClassCells: CellsOf<PriorityClass> = (priorityClass, now) => [
  priorityClass.metadata.name,
  priorityClass.value ?? 0,
  String(priorityClass.globalDefault ?? false),
  ageOf(priorityClass, now),
  priorityClass.preemptionPolicy ?? 'PreemptLowerPriority',
];
