// The patch that `kubectl apply` sends: what the file changed since it was last applied, and nothing that others have set meanwhile.
import type { FieldType } from '../../../schema/fields.ts';
import { attempt, type JsonMap } from './json.ts';
import { diffMaps } from './strategic-diff.ts';
import { mergeMap, patchIntoPatch } from './strategic-merge.ts';

/**
 * `original`: as last applied; `modified`: as it shall be; `current`: as the cluster has it. `type`: the kind's name in the schema.
 *
 * Additions and changes are what `current` lacks of `modified`; deletions are what `original` had and `modified` has no more.
 *
 *   original {replicas: 3, paused: true}   modified {replicas: 3}   current {replicas: 5, paused: true, strategy: …}
 *   → {replicas: 3, paused: null}
 */
export function threeWayPatch(original: JsonMap, modified: JsonMap, current: JsonMap, type: string): { readonly result: JsonMap } | { readonly error: string } {
  const shape: FieldType = { is: 'object', type };
  return attempt(() => {
    const changes = diffMaps(current, modified, shape, { changes: true, deletions: false });
    const deletions = diffMaps(original, modified, shape, { changes: false, deletions: true });
    return mergeMap(deletions, changes, shape, patchIntoPatch);
  });
}
