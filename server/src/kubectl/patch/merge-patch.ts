// A JSON merge patch (RFC 7386): what must be sent so that `before` becomes `after`. Lists are replaced, null removes.
import { isMap, type JsonMap } from '../../cluster/registry/patch/json.ts';
import { isEqual } from '../../kube/equal.ts';

export function mergePatch(before: JsonMap, after: JsonMap): JsonMap {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(before)) if (after[key] === undefined) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const old = before[key];
    if (isMap(old) && isMap(value)) {
      const inner = mergePatch(old, value);
      if (!isEmpty(inner)) patch[key] = inner;
    } else if (!isEqual(old, value)) patch[key] = value;
  }
  return patch;
}

export const isEmpty = (patch: JsonMap): boolean => Object.keys(patch).length === 0;

/** What client-side apply sends for kinds without merge keys: the changes from live to modified, and null for what original had and modified has not. */
export function threeWayMergePatch(original: JsonMap, modified: JsonMap, live: JsonMap): JsonMap {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(original)) if (modified[key] === undefined && live[key] !== undefined) patch[key] = null;
  for (const [key, value] of Object.entries(modified)) {
    if (value === undefined) continue;
    const [before, now] = [original[key], live[key]];
    if (isMap(value) && isMap(now)) {
      const inner = threeWayMergePatch(isMap(before) ? before : {}, value, now);
      if (!isEmpty(inner)) patch[key] = inner;
    } else if (!isEqual(now, value)) patch[key] = value;
  }
  return patch;
}
