// The strategic merge patch that turns one document into another (k8s.io/apimachinery strategicpatch diffMaps).
import { isEqual } from '../../../kube/equal.ts';
import type { FieldType } from '../../../schema/fields.ts';
import { asMap, deletionPrefix, elementTypeOf, keyOf, marker, orderPrefix, retainKeys } from './directives.ts';
import { isList, isMap, typeOf, type Json, type JsonMap } from './json.ts';
import { sortBy } from './list-order.ts';
import { fieldPatch, type FieldPatch } from './patch-schema.ts';

/** Which half of the difference is wanted; a three-way patch takes the halves from different pairs of documents. */
export interface DiffMode {
  readonly changes: boolean;
  readonly deletions: boolean;
}

export function diffMaps(original: JsonMap, modified: JsonMap, shape: FieldType, mode: DiffMode, retainsKeys = false): JsonMap {
  const patch: Record<string, Json> = {};
  for (const [key, value] of Object.entries(modified)) diffField(patch, key, original, value, shape, mode);
  if (mode.deletions) for (const key of Object.keys(original)) if (!(key in modified)) patch[key] = null;
  if (retainsKeys) addRetainKeys(patch, original, modified);
  return patch;
}

function diffField(patch: Record<string, Json>, key: string, original: JsonMap, value: Json, shape: FieldType, mode: DiffMode): void {
  const before = original[key];
  if (!(key in original) || typeOf(before) !== typeOf(value)) {
    if (mode.changes) patch[key] = value;
    return;
  }
  if (key !== marker && isMap(value) && isMap(before)) return diffMapField(patch, key, before, value, shape, mode);
  if (isList(value) && isList(before)) return diffListField(patch, key, before, value, shape, mode);
  if (mode.changes && before !== value) patch[key] = value;
}

function diffMapField(patch: Record<string, Json>, key: string, before: JsonMap, value: JsonMap, shape: FieldType, mode: DiffMode): void {
  const field = fieldPatch(shape, key);
  // The real client sends a map that is to be replaced also when it is the same: `apply` of a PodDisruptionBudget always says "configured".
  if (field.strategy === 'replace') {
    if (mode.changes) patch[key] = value;
    return;
  }
  if (isEqual(before, value)) return;
  const inner = diffMaps(before, value, field.shape, mode, field.retainsKeys);
  if (Object.keys(inner).length > 0) patch[key] = inner;
}

function diffListField(patch: Record<string, Json>, key: string, before: readonly Json[], value: readonly Json[], shape: FieldType, mode: DiffMode): void {
  if (isEqual(before, value)) return;
  const field = fieldPatch(shape, key);
  if (field.strategy !== 'merge') {
    if (mode.changes) patch[key] = value;
    return;
  }
  const { additions, deletions, order } = diffMergedList(before, value, field, mode);
  if (additions.length > 0) patch[key] = additions;
  if (deletions.length > 0) patch[`${deletionPrefix}/${key}`] = deletions;
  if (order.length > 0) patch[`${orderPrefix}/${key}`] = order;
}

interface ListDiff {
  readonly additions: readonly Json[];
  readonly deletions: readonly Json[];
  readonly order: readonly Json[];
}

const same: ListDiff = { additions: [], deletions: [], order: [] };

function diffMergedList(before: readonly Json[], value: readonly Json[], { shape, mergeKey, retainsKeys }: FieldPatch, mode: DiffMode): ListDiff {
  if (before.length === 0) return mode.changes ? { ...same, additions: value } : same;
  if (elementTypeOf(before, value) !== 'map' || mergeKey === undefined) return diffValues(before, value, mode);
  const { patches, deletions } = diffElements(before, value, shape, mergeKey, retainsKeys, mode);
  const additions = [...sortBy(patches, value, mergeKey), ...deletions];
  const sameOrder = before.length === value.length && value.every((item, i) => keyOf(item, mergeKey) === keyOf(before[i], mergeKey));
  const orders = (mode.changes && (additions.length > 0 || !sameOrder)) || (mode.deletions && additions.length > 0);
  return { additions, deletions: [], order: orders ? value.map((item) => ({ [mergeKey]: keyOf(item, mergeKey) })) : [] };
}

/** Elements are told apart by their merge key; the patches come sorted by it, as the real client sends them. */
function diffElements(before: readonly Json[], value: readonly Json[], shape: FieldType, mergeKey: string, retainsKeys: boolean, mode: DiffMode) {
  const patches: JsonMap[] = [];
  const left = [...sortedByKey(before, mergeKey)];
  for (const item of sortedByKey(value, mergeKey)) {
    const key = keyOf(item, mergeKey);
    const place = left.findIndex((one) => String(keyOf(one, mergeKey)) === String(key));
    if (place < 0) {
      if (mode.changes) patches.push(asMap(item));
      continue;
    }
    const [match] = left.splice(place, 1);
    const patch = diffMaps(asMap(match), asMap(item), shape, mode, retainsKeys);
    if (Object.keys(patch).length > 0) patches.push({ ...patch, [mergeKey]: key });
  }
  return { patches, deletions: mode.deletions ? left.map((item) => ({ [mergeKey]: keyOf(item, mergeKey), [marker]: 'delete' })) : [] };
}

function diffValues(before: readonly Json[], value: readonly Json[], mode: DiffMode): ListDiff {
  const additions = mode.changes ? sortBy(minus(value, before), value, undefined) : [];
  const deletions = mode.deletions ? [...new Set(minus(before, value))].sort(byText) : [];
  return { additions, deletions, order: deletions.length > 0 || mode.changes ? value : [] };
}

/** What is in `a` more often than in `b`. */
function minus(a: readonly Json[], b: readonly Json[]): Json[] {
  const left = [...b];
  return a.filter((item) => {
    const place = left.indexOf(item);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

/** Fields that are members of a union say which keys stay, when anything changes or has to go. */
function addRetainKeys(patch: Record<string, Json>, original: JsonMap, modified: JsonMap): void {
  const keys = Object.keys(modified)
    .filter((key) => modified[key] !== null)
    .sort();
  const hasMore = Object.keys(original).some((key) => original[key] !== null && !(key in modified));
  if (keys.length > 0 && (Object.keys(patch).length > 0 || hasMore)) patch[retainKeys] = keys;
}

const sortedByKey = (items: readonly Json[], mergeKey: string) => [...items].sort((a, b) => byText(keyOf(a, mergeKey), keyOf(b, mergeKey)));
const byText = (a: Json, b: Json) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
