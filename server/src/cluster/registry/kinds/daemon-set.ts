// DaemonSets. How often the template changed is counted by the server, not by its clients.
import { isEqual } from '../../../kube/equal.ts';
import type { DaemonSet } from '../../../schema/generated/types.ts';
import { templateGenerationOf, withTemplateGeneration } from '../../../validation/workloads/template-generation.ts';
import type { KindStrategy } from '../strategy.ts';

export const daemonSetStrategy: KindStrategy<DaemonSet> = {
  prepareForCreate: (set) => (templateGenerationOf(set) < 1 ? withTemplateGeneration(set, 1) : set),
  prepareForUpdate(next, before) {
    const changes = isEqual(next.spec.template, before.spec.template) ? 0 : 1;
    return withTemplateGeneration(next, templateGenerationOf(before) + changes);
  },
  prepareForStatusUpdate: (next, before) => withTemplateGeneration(next, templateGenerationOf(before)),
  statusTakesMetadata: true,
};
