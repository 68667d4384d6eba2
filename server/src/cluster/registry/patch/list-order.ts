// The order of a merged list: what the patch orders comes in the patch's order, what only the server has keeps its place among it.
import { isDeletion, keyOf } from './directives.ts';
import type { Json } from './json.ts';

/**
 * Joins the elements that a patch speaks about with those that only the server has.
 *
 *   patch order  c a,  server order  a x b c,  merged  {a, b, c, x}
 *   → c a sorted by the patch; x b sorted by the server; x goes before the first element that the server has after it: x c … → [x, b, c, a]
 */
export function inOrder(merged: readonly Json[], patchOrder: readonly Json[], serverOrder: readonly Json[], mergeKey: string | undefined): readonly Json[] {
  const inPatch = new Set(patchOrder.map((item) => keyOf(item, mergeKey)));
  const own = merged.filter((item) => inPatch.has(keyOf(item, mergeKey)));
  const serverOnly = merged.filter((item) => !inPatch.has(keyOf(item, mergeKey)));
  const places = placesOf(serverOrder, mergeKey);
  return interleave(sortBy(serverOnly, serverOrder, mergeKey), sortBy(own, patchOrder, mergeKey), (item) => places.get(keyOf(item, mergeKey)));
}

/** Elements in the order in which `order` names them; deletions come last. */
export function sortBy(items: readonly Json[], order: readonly Json[], mergeKey: string | undefined): readonly Json[] {
  const places = placesOf(order, mergeKey);
  const placeOf = (item: Json) => places.get(keyOf(item, mergeKey)) ?? 0;
  const staying = items.filter((item) => !isDeletion(item));
  return [...staying.sort((a, b) => placeOf(a) - placeOf(b)), ...items.filter(isDeletion)];
}

/** Two sorted lists as one: an element of `left` goes before the first of `right` that is known to come after it. */
function interleave(left: readonly Json[], right: readonly Json[], placeOf: (item: Json) => number | undefined): readonly Json[] {
  const all: Json[] = [];
  let i = 0;
  for (const item of right) {
    const place = placeOf(item);
    for (; i < left.length; i++) {
      const own = placeOf(left[i]);
      if (own === undefined || place === undefined || own >= place) break;
      all.push(left[i]);
    }
    all.push(item);
  }
  return [...all, ...left.slice(i)];
}

function placesOf(order: readonly Json[], mergeKey: string | undefined): ReadonlyMap<Json, number> {
  const places = new Map<Json, number>();
  order.forEach((item, place) => {
    const key = keyOf(item, mergeKey);
    if (!places.has(key)) places.set(key, place);
  });
  return places;
}
