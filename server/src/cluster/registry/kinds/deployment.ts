// Deployments. A changed annotation is a new generation too: the controller copies annotations to the ReplicaSets.
import { isEqual } from '../../../kube/equal.ts';
import type { Deployment } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const deploymentStrategy: KindStrategy<Deployment> = {
  isNewGeneration: (next, before) => !isEqual(next.spec, before.spec) || !isEqual(next.metadata.annotations ?? {}, before.metadata.annotations ?? {}),
};
