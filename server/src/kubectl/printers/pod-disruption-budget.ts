import type { PodDisruptionBudget } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const podDisruptionBudgetCells: CellsOf<PodDisruptionBudget> = (budget, now) => [
  budget.metadata.name,
  String(budget.spec.minAvailable ?? 'N/A'),
  String(budget.spec.maxUnavailable ?? 'N/A'),
  budget.status.disruptionsAllowed ?? 0,
  ageOf(budget, now),
];
