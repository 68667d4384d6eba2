// Which evaluator is for which kind. Kinds that nobody has anything special to say about are counted.
import { countEvaluator, type Evaluator } from './evaluator.ts';
import { deviceClaimEvaluator, volumeClaimEvaluator } from './claims.ts';
import { podEvaluator } from './pods.ts';
import { serviceEvaluator } from './services.ts';

const evaluators = new Map<string, Evaluator>([
  ['pods', podEvaluator],
  ['services', serviceEvaluator],
  ['persistentvolumeclaims', volumeClaimEvaluator],
  ['resourceclaims.resource.k8s.io', deviceClaimEvaluator],
]);

/** 'events' and 'bindings' count nowhere. */
const ignored = new Set(['events', 'events.events.k8s.io', 'bindings']);

/** `resource`: 'pods', 'deployments.apps'; undefined: it is no matter of quotas. */
export function evaluatorOf(resource: string): Evaluator | undefined {
  if (ignored.has(resource)) return undefined;
  const known = evaluators.get(resource);
  if (known) return known;
  const counting = countEvaluator(resource);
  evaluators.set(resource, counting);
  return counting;
}
