// Priority classes: they are of the first generation for ever.
import type { PriorityClass } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const priorityClassStrategy: KindStrategy<PriorityClass> = { isNewGeneration: () => false };
