// Strategic merge patches: what must be sent so that one object becomes another, lists merged by the keys of their kind.
// Source: diffMaps, diffLists and CreateThreeWayMergePatch (apimachinery pkg/util/strategicpatch/patch.go).
//
// `apply` compares three objects. Worked example, the env of a container, merged by name:
//   last applied A=1 B=2, the file now B=3 C=4, on the server A=1 B=2 EXTRA=yes
//   additions and changes (server → file, deletions ignored):   B=3, C=4
//   deletions (last applied → file, everything else ignored):   A
//   patch: {env: [{name: B, value: 3}, {name: C, value: 4}, {name: A, $patch: delete}]}; EXTRA, which the file never had, stays.
import { fieldsOf, type Field } from '../../schema/fields.ts';
import { equal, isEmpty, isMap, type JsonMap } from './json.ts';

/** A list element lacks the key that its list is merged by. */
export interface PatchError {
  readonly error: string;
}

/** From `before` to `after`. `type`: the kind's name in the schema. */
export function twoWayPatch(before: JsonMap, after: JsonMap, type: string): JsonMap | PatchError {
  return guarded(() => diffMaps(before, after, type, {}));
}

/** What apply sends: `lastApplied` and `modified` are the file before and now, `current` is what the server has. */
export function threeWayPatch(lastApplied: JsonMap, modified: JsonMap, current: JsonMap, type: string): JsonMap | PatchError {
  return guarded(() => {
    const changes = diffMaps(current, modified, type, { ignoreDeletions: true });
    const deletions = diffMaps(lastApplied, modified, type, { onlyDeletions: true });
    return join(deletions, changes, type);
  });
}

interface Options {
  readonly ignoreDeletions?: boolean;
  readonly onlyDeletions?: boolean;
  /** The field's strategy is retainKeys: the patch names the keys that are to stay. */
  readonly retainKeys?: boolean;
}

function diffMaps(before: JsonMap, after: JsonMap, type: string | undefined, options: Options): JsonMap {
  const { ignoreDeletions = false, onlyDeletions = false, retainKeys = false } = options;
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const old = before[key];
    const field = fieldOf(type, key);
    if (isMap(old) && isMap(value)) Object.assign(patch, diffMapField(key, old, value, field, options));
    else if (Array.isArray(old) && Array.isArray(value)) Object.assign(patch, diffListField(key, old, value, field, options));
    else if (!onlyDeletions && !equal(old, value)) patch[key] = value;
  }
  if (!ignoreDeletions) for (const key of Object.keys(before)) if (after[key] === undefined) patch[key] = null;
  const kept = Object.keys(after).filter((key) => after[key] !== undefined && after[key] !== null);
  const hasMore = Object.keys(before).some((key) => after[key] === undefined);
  if (retainKeys && kept.length > 0 && (!isEmpty(patch) || hasMore)) patch['$retainKeys'] = kept.sort();
  return patch;
}

function diffMapField(key: string, old: JsonMap, value: JsonMap, field: Field | undefined, options: Options): JsonMap {
  const strategies = field?.patch?.strategies ?? [];
  if (strategies.includes('replace')) return options.onlyDeletions ? {} : { [key]: value };
  const inner = diffMaps(old, value, innerType(field), { ...options, retainKeys: strategies.includes('retainKeys') });
  return isEmpty(inner) ? {} : { [key]: inner };
}

function diffListField(key: string, old: readonly unknown[], value: readonly unknown[], field: Field | undefined, options: Options): JsonMap {
  const strategies = field?.patch?.strategies ?? [];
  const { ignoreDeletions = false, onlyDeletions = false } = options;
  if (!strategies.includes('merge')) return onlyDeletions || equal(old, value) ? {} : { [key]: value };
  if (old.length === 0) return value.length === 0 || onlyDeletions ? {} : { [key]: value };
  const sample = old[0] ?? value[0];
  if (!isMap(sample)) {
    const added = onlyDeletions ? [] : value.filter((item) => !old.includes(item));
    const removed = ignoreDeletions ? [] : [...new Set(old.filter((item) => !value.includes(item)))];
    const ordered = removed.length > 0 || (!onlyDeletions && !equal(old, value));
    return {
      ...(added.length > 0 && { [key]: added }),
      ...(removed.length > 0 && { [`$deleteFromPrimitiveList/${key}`]: removed }),
      ...(ordered && value.length > 0 && { [`$setElementOrder/${key}`]: value }),
    };
  }
  const mergeKey = field?.patch?.mergeKey ?? 'name';
  const elements = diffElements(old as readonly JsonMap[], value as readonly JsonMap[], mergeKey, innerType(field), {
    ...options,
    retainKeys: strategies.includes('retainKeys'),
  });
  const order = value.map((item) => ({ [mergeKey]: keyOf(item as JsonMap, mergeKey) }));
  const reordered =
    !onlyDeletions &&
    !equal(
      old.map((item) => keyOf(item as JsonMap, mergeKey)),
      order.map((item) => item[mergeKey]),
    );
  return {
    ...(elements.length > 0 && { [key]: elements }),
    ...((elements.length > 0 || reordered) && order.length > 0 && { [`$setElementOrder/${key}`]: order }),
  };
}

/** Changed and new elements in the order of `after`, then the deletions. */
function diffElements(before: readonly JsonMap[], after: readonly JsonMap[], mergeKey: string, type: string | undefined, options: Options): readonly JsonMap[] {
  const byKey = new Map(before.map((item) => [keyOf(item, mergeKey), item]));
  const patch: JsonMap[] = [];
  for (const item of after) {
    const key = keyOf(item, mergeKey);
    const old = byKey.get(key);
    if (old) {
      const inner = diffMaps(old, item, type, options);
      if (!isEmpty(inner)) patch.push({ ...inner, [mergeKey]: key });
    } else if (!options.onlyDeletions) patch.push(item);
  }
  if (options.ignoreDeletions) return patch;
  const kept = new Set(after.map((item) => keyOf(item, mergeKey)));
  const removed = before.map((item) => keyOf(item, mergeKey)).filter((key) => !kept.has(key));
  return [...patch, ...removed.map((key) => ({ [mergeKey]: key, $patch: 'delete' }))];
}

/** Two patches of the same object as one; where both say something, the second does. */
function join(first: JsonMap, second: JsonMap, type: string | undefined): JsonMap {
  const joined: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const before = joined[key];
    const field = fieldOf(type, key);
    if (isMap(before) && isMap(value)) joined[key] = join(before, value, innerType(field));
    else if (Array.isArray(before) && Array.isArray(value) && field?.patch?.strategies.includes('merge'))
      joined[key] = joinLists(before as readonly JsonMap[], value as readonly JsonMap[], field);
    else joined[key] = value;
  }
  return joined;
}

function joinLists(first: readonly JsonMap[], second: readonly JsonMap[], field: Field): readonly unknown[] {
  const mergeKey = field.patch?.mergeKey ?? 'name';
  const matched = new Map(first.map((item) => [item[mergeKey], item]));
  const joined = second.map((item) => {
    const other = matched.get(item[mergeKey]);
    matched.delete(item[mergeKey]);
    return other ? join(other, item, innerType(field)) : item;
  });
  return [...joined, ...matched.values()];
}

const fieldOf = (type: string | undefined, key: string): Field | undefined => (type === undefined ? undefined : fieldsOf(type).get(key));

/** The type of a field's value, or of its elements. */
function innerType(field: Field | undefined): string | undefined {
  let type = field?.type;
  while (type && (type.is === 'list' || type.is === 'map')) type = type.of;
  return type?.is === 'object' ? type.type : undefined;
}

/** Stops the comparison; stays inside this file. */
class MissingKey extends Error {}

function keyOf(item: JsonMap, mergeKey: string): unknown {
  if (!isMap(item) || item[mergeKey] === undefined) throw new MissingKey(`map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`);
  return item[mergeKey];
}

function guarded(compute: () => JsonMap): JsonMap | PatchError {
  try {
    return compute();
  } catch (error) {
    if (error instanceof MissingKey) return { error: error.message };
    throw error;
  }
}
