// Deployments. A changed annotation is a new generation too: the controller copies annotations to the ReplicaSets.
import { isEqual } from '../../../kube/equal.ts';
import type { Deployment } from '../../../schema/generated/types.ts';
import { without } from '../../../validation/defaults/fill.ts';
import type { KindStrategy } from '../strategy.ts';

export const deploymentStrategy: KindStrategy<Deployment> = {
  // The status subresource takes annotations along, and only a write of the rest makes a new generation: that is how the controller
  // writes down the revision. Labels stay.
  statusTakesMetadata: true,
  prepareForStatusUpdate: (next, { metadata: { labels } }) =>
    next.metadata.labels === labels ? next : { ...next, metadata: { ...without(next.metadata, 'labels'), ...(labels && { labels }) } },
  isNewGeneration: (next, before) => !isEqual(next.spec, before.spec) || !isEqual(next.metadata.annotations ?? {}, before.metadata.annotations ?? {}),
};
