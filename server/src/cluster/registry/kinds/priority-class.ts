// Priority classes: they are of the first generation for ever.
import type { PriorityClass } from '../../../schema/generated/types.ts';
import { isSystemClass } from '../../../validation/policy/priority-class.ts';
import { forbidden } from '../answers.ts';
import type { KindStrategy } from '../strategy.ts';

export const priorityClassStrategy: KindStrategy<PriorityClass> = {
  isNewGeneration: () => false,
  refuseDelete: ({ metadata: { name } }) =>
    isSystemClass(name)
      ? forbidden({ group: 'scheduling.k8s.io', resource: 'priorityclasses' }, name, 'this is a system priority class and cannot be deleted')
      : undefined,
};
