// What an applier no longer mentions, and nobody else owns, is removed (merge.Updater prune).
import type { Json, JsonMap } from '../patch/json.ts';
import { emptySet, isEmptySet, type FieldSet } from './field-set.ts';
import { elementOf, objectPlace, partsOf, type Place, type RootType } from './parts.ts';

/** `last`: what the applier owned before; `owned`: what anybody owns now. */
export function prune(object: JsonMap, last: FieldSet, owned: FieldSet, type: RootType): JsonMap {
  return pruned(object, last, owned, objectPlace(type)) as JsonMap;
}

const gone = Symbol('gone');

function pruned(value: Json, last: FieldSet, owned: FieldSet, place: Place): Json {
  if (isEmptySet(last)) return value;
  const parts = partsOf(place, value);
  if (!parts) return last.isMember && isEmptySet(owned) ? gone : value;
  if (last.isMember && isEmptySet(owned)) return gone;
  const below = (element: string, part: Json) =>
    pruned(part, last.children.get(element) ?? emptySet, owned.children.get(element) ?? emptySet, parts.placeOf(element));
  const left =
    parts.is === 'fields'
      ? fieldsLeft(value as JsonMap, below)
      : (value as readonly Json[]).map((item) => below(elementOf(item, place), item)).filter((item) => item !== gone);
  // A struct or list that became empty by this was there for its parts only.
  const isEmptied = (Array.isArray(left) ? left : Object.keys(left)).length === 0;
  return isEmptied && isEmptySet(owned) ? gone : left;
}

function fieldsLeft(map: JsonMap, below: (element: string, part: Json) => Json): JsonMap {
  const left: Record<string, Json> = {};
  for (const [name, part] of Object.entries(map)) {
    const kept = below(`f:${name}`, part);
    if (kept !== gone) left[name] = kept;
  }
  return left;
}
