// Deployments. A changed annotation is a new generation too: the controller copies annotations to the ReplicaSets.
import { isEqual } from '../../../kube/equal.ts';
import type { Deployment } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const deploymentStrategy: KindStrategy<Deployment> = {
  // The status subresource takes annotations along, and only a write of the rest makes a new generation: that is how the controller
  // writes down the revision.
  prepareForStatusUpdate: (next, _before, { metadata: { annotations } }) =>
    annotations === next.metadata.annotations ? next : { ...next, metadata: { ...next.metadata, ...(annotations && { annotations }) } },
  isNewGeneration: (next, before) => !isEqual(next.spec, before.spec) || !isEqual(next.metadata.annotations ?? {}, before.metadata.annotations ?? {}),
};
