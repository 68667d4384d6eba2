// The patch that `kubectl apply` sends: what the file changed since it was last applied, and nothing that others have set meanwhile.
import { isEqual } from '../../../kube/equal.ts';
import type { FieldType } from '../../../schema/fields.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import type { PatchType } from '../request.ts';
import { attempt, isMap, type JsonMap } from './json.ts';
import { diffMaps } from './strategic-diff.ts';
import { mergeMap, patchIntoPatch } from './strategic-merge.ts';

/** What client-side apply sends. Of a custom kind nobody knows how its lists merge: they are replaced. */
export function patchToApply(
  kind: Pick<KindInfo, 'type' | 'custom'>,
  original: JsonMap,
  modified: JsonMap,
  current: JsonMap,
): { readonly result: JsonMap; readonly type: PatchType } | { readonly error: string } {
  if (kind.custom) return { result: threeWayMergePatch(original, modified, current), type: 'merge' };
  const patch = threeWayPatch(original, modified, current, kind.type);
  return 'error' in patch ? patch : { ...patch, type: 'strategic' };
}

/** The changes from `current` to `modified`, and null for what `original` had and `modified` has not. */
function threeWayMergePatch(original: JsonMap, modified: JsonMap, current: JsonMap): JsonMap {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(original)) if (modified[key] === undefined && current[key] !== undefined) patch[key] = null;
  for (const [key, value] of Object.entries(modified)) {
    if (value === undefined) continue;
    const [before, now] = [original[key], current[key]];
    if (isMap(value) && isMap(now)) {
      const inner = threeWayMergePatch(isMap(before) ? before : {}, value, now);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!isEqual(now, value)) patch[key] = value;
  }
  return patch;
}

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
