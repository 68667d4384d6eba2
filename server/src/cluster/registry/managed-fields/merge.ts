// An applied configuration laid over the live object (typed.Merge): what it says wins, what it does not mention stays.
import type { Json, JsonMap } from '../patch/json.ts';
import { elementOf, objectPlace, partsOf, type Place, type RootType } from './parts.ts';

export function merge(live: JsonMap, applied: JsonMap, type: RootType): JsonMap {
  return mergeValue(live, applied, objectPlace(type)) as JsonMap;
}

function mergeValue(live: Json, applied: Json, place: Place): Json {
  if (applied === undefined) return live;
  const parts = live === undefined || live === null || applied === null ? undefined : partsOf(place, live, applied);
  if (!parts || Array.isArray(live) !== Array.isArray(applied)) return applied;
  if (parts.is === 'elements') return mergeElements(live as readonly Json[], applied as readonly Json[], place, parts.placeOf(''));
  const merged: Record<string, Json> = { ...(live as JsonMap) };
  for (const [name, value] of Object.entries(applied as JsonMap)) merged[name] = mergeValue(merged[name], value, parts.placeOf(`f:${name}`));
  return merged;
}

/**
 * Elements of both lists keep their order among each other; where the lists disagree, the applied one decides.
 *
 *   live a x b,  applied b c a  → x, b, c, a
 */
function mergeElements(live: readonly Json[], applied: readonly Json[], place: Place, inside: Place): readonly Json[] {
  const name = (item: Json) => elementOf(item, place);
  const [mine, theirs] = [new Map(live.map((item) => [name(item), item])), new Map(applied.map((item) => [name(item), item]))];
  const shared = [...theirs.keys()].filter((key) => mine.has(key));
  const merged = new Map<string, Json>();
  const take = (key: string) => merged.set(key, mergeValue(mine.get(key), theirs.get(key), inside));
  const waiting = [...theirs.keys()];
  for (const key of mine.keys()) {
    if (!theirs.has(key)) {
      take(key);
      continue;
    }
    // A shared element out of turn waits until the applied order comes to it.
    if (merged.has(key) || key !== shared.find((one) => !merged.has(one))) continue;
    while (!merged.has(key)) take(waiting.shift()!);
  }
  for (const key of waiting) take(key);
  return [...merged.values()];
}
