// What quota knows about one kind: which of a quota's names it is counted under, and how much an object counts.
import type { KubeObject } from '../../../../kube/object.ts';
import type { ScopedResourceSelectorRequirement } from '../../../../schema/generated/types.ts';
import type { AdmissionRequest } from '../request.ts';
import { one, type Amounts } from './amounts.ts';

export interface Evaluator {
  /** Whether a write can change what is used. */
  handles(request: AdmissionRequest): boolean;
  /** Whether the kind is counted under this name: 'requests.cpu', 'count/pods'. */
  counts(name: string): boolean;
  /** Whether an object is within a scope; kinds without scopes are within none. */
  isWithin(scope: ScopedResourceSelectorRequirement, object: KubeObject): boolean;
  /** What the object has to say and does not, given the names that a quota counts it under: `must specify limits.cpu for: web`. */
  missing?(names: readonly string[], object: KubeObject): string | undefined;
  usage(object: KubeObject, nowMs: number): Amounts;
  /** Whether a change of an object may change what it uses. Cheap: it is asked for every commit. */
  mayChange(before: KubeObject, after: KubeObject): boolean;
}

const aliases: Readonly<Record<string, true>> = { configmaps: true, resourcequotas: true, replicationcontrollers: true, secrets: true };

/** `resource`: 'configmaps', 'deployments.apps'. A few kinds of the core are counted under their plain names too. */
export function countEvaluator(resource: string): Evaluator {
  const names = [`count/${resource}`, ...(aliases[resource] ? [resource] : [])];
  const usage: Amounts = new Map(names.map((name) => [name, one]));
  return {
    handles: ({ operation, write }) => operation === 'CREATE' && write.subresource === undefined,
    counts: (name) => names.includes(name),
    isWithin: () => false,
    usage: () => usage,
    mayChange: () => false,
  };
}
