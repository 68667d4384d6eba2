// The strategic merge patch from an object to its changed copy.
import { attempt, type JsonMap } from '../../cluster/registry/patch/json.ts';
import { diffMaps } from '../../cluster/registry/patch/strategic-diff.ts';
import type { KubeObject } from '../../kube/object.ts';
import { problem, type Problem } from '../problem.ts';

/** `type`: the kind's name in the schema. An empty patch: nothing changed. */
export function twoWayPatch(before: KubeObject, after: KubeObject, type: string): JsonMap | Problem {
  const made = attempt(() => diffMaps({ ...before }, { ...after }, { is: 'object', type }, { changes: true, deletions: true }));
  return 'error' in made ? problem(made.error) : made.result;
}
