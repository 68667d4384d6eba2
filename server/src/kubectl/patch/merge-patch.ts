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
